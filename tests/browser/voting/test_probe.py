"""probe"""
import json,time
from pathlib import Path
import pytest
from ballotcrypt import ballot
from ballotcrypt.election import Election
from tests.browser.voting.conftest import *
from tests.browser.conftest import Open
RAW=Path("/work/shared/data/belenios/election/election.json").read_text().strip()
E=json.loads(RAW); E["questions"]=E["questions"][:1]
RAW=json.dumps(E,ensure_ascii=False,separators=(",",":"))
def test_cast(open_page, serve, axe):
    page=open_page(390,844)
    serve(page,"cast",urls={"election":"/e.json","ballots":"/ballots/","board":"/board/"},uuid="x")
    page.route("**/e.json", lambda r: answer(r,RAW))
    cdp=page.context.new_cdp_session(page)
    cdp.send("Emulation.setCPUThrottlingRate",{"rate":4})
    for idle in (0,1500):
        page.goto("about:blank")
        page.goto(ADDRESS+"#3EH-qFq-RoM-NjH-6eC")
        page.get_by_role("heading",name="填写选票").wait_for()
        page.wait_for_timeout(idle)
        for n in (1,2,5): page.locator(".vote-choice").nth(n).click()
        t=page.evaluate("""async()=>{const t=performance.now(); document.querySelector('[data-do=review] button[type=submit]').click();
           while(document.querySelector('[data-do=cast]').disabled) await new Promise(r=>setTimeout(r,5)); return performance.now()-t}""")
        print("SEAL ms", idle, t, page.evaluate("performance.getEntriesByName('openrenda.seal').at(-1).duration"))
    cdp.send("Emulation.setCPUThrottlingRate",{"rate":1})
    page.screenshot(path="/tmp/h2-2.png",full_page=True)
    axe(page)
    page.get_by_role("button",name="返回修改").click()
    for n in range(12): page.locator(".vote-choice").nth(n).click()
    page.screenshot(path="/tmp/h2-3.png",full_page=False)
    print(page.locator("[data-over]").inner_text(), page.locator(":checked").count())
