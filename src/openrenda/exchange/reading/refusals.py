"""Why a file cannot be read at all; each says what to do instead."""

from openrenda.kernel.errors import Invalid
from openrenda.kernel.text import N_


class FileUnreadable(Invalid):
    """Base; also whatever is no table at all."""

    code = "exchange.not_a_table"
    message = N_("这个文件的内容不是表格。")
    remedy = N_("请用 Excel 或 WPS 打开后另存为 .xlsx，或另存为 CSV，再导入。")


class EmptyTable(FileUnreadable):
    code = "exchange.empty"
    message = N_("这个文件里没有内容。")
    remedy = N_("请确认选对了文件，表里要有一行表头和至少一行数据。")


class TableTooLarge(FileUnreadable):
    code = "exchange.too_large"
    message = N_("文件超过 {limit} MB，没有读取。")
    remedy = N_("请删去图片和无关的工作表，或按年份拆成几个文件，再分别导入。")


class TooManyCells(FileUnreadable):
    code = "exchange.too_many_cells"
    message = N_("表格太大：最多读取 {lines} 行、{cells} 格。")
    remedy = N_("请按年份拆成几个文件，再分别导入。")


class OldExcel(FileUnreadable):
    code = "exchange.old_excel"
    message = N_("这是旧版 Excel 文件（.xls），不能直接读取。")
    remedy = N_("请用 Excel 或 WPS 打开，选“文件 → 另存为”，类型选“Excel 工作簿（*.xlsx）”，再导入另存的文件。")


class OtherSpreadsheet(FileUnreadable):
    code = "exchange.other_spreadsheet"
    message = N_("这种表格格式（{what}）不能直接读取。")
    remedy = N_("请另存为“Excel 工作簿（*.xlsx）”，再导入另存的文件。")


class WebPageAsExcel(FileUnreadable):
    code = "exchange.web_page"
    message = N_("这个文件其实是网页，只是改名成了 Excel 文件。")
    remedy = N_("请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”，再导入另存的文件。")


class HoldsMacros(FileUnreadable):
    code = "exchange.macros"
    message = N_("这个工作簿含有宏或嵌入的程序，为安全起见不读取。")
    remedy = N_("请另存为不含宏的“Excel 工作簿（*.xlsx）”，再导入另存的文件。")


class NestedArchive(FileUnreadable):
    code = "exchange.nested"
    message = N_("这个工作簿里还套着别的文件或压缩包，为安全起见不读取。")
    remedy = N_("请删去嵌入的文件（插入的对象），或把表格复制到一个新工作簿里另存，再导入。")


class TableBomb(FileUnreadable):
    code = "exchange.zip_bomb"
    message = N_("这个文件解开后大得不正常，没有读取。")
    remedy = N_("请把表格复制到一个新工作簿里另存，再导入。")


class LockedTable(FileUnreadable):
    code = "exchange.encrypted"
    message = N_("这个工作簿加了打开密码，读不了。")
    remedy = N_("请打开后去掉密码另存，再导入。")


class BrokenTable(FileUnreadable):
    code = "exchange.broken"
    message = N_("文件不完整或已损坏，打不开。")
    remedy = N_("请用 Excel 或 WPS 打开后重新保存，再导入。")


class UnknownEncoding(FileUnreadable):
    code = "exchange.encoding"
    message = N_("看不出这个文件用的是什么文字编码。")
    remedy = N_("请另存为“CSV UTF-8”或 .xlsx，再导入。")


class BadCsv(FileUnreadable):
    code = "exchange.bad_csv"
    message = N_("第 {line} 行附近不是有效的 CSV：引号没有配对，或一格里的内容太长。")
    remedy = N_("请用 Excel 或 WPS 打开，核对这一行，另存为 .xlsx 再导入。")
