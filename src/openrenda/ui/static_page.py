"""The page for a fault of ours. It asks nothing of templates, translations or the database."""

FAULT = """<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>这一步没有完成</title>
<link rel="stylesheet" href="/static/ui/css/fault.css">
</head>
<body>
<main>
<h1>这一步没有完成</h1>
<p>网站内部出了差错，您的这次操作没有保存。差错已经记录，管理员会查看。</p>
<p>您可以返回上一页再试一次；您写过的内容通常还在。若仍不行，请拨打首页底部的求助电话。</p>
<p><a href="/">回到首页</a></p>
<hr>
<p lang="en">Something went wrong on our side and nothing was saved. The fault has been recorded. Please go back and
try again, or call the telephone number on the home page.</p>
</main>
</body>
</html>
"""
