#include "publish/FeedSource.h"

#include <catch2/catch.hpp>

using namespace tram::publish;

namespace {

Faults faultsOf(const std::string& text) {
    Faults faults;
    readFeed(text, "f", faults);
    return faults;
}

}  // namespace

TEST_CASE("an RSS feed becomes rows") {
    Faults faults;
    const auto table = readFeed(R"(<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>
        <item><title>Lịch tiêm &amp; khám</title><link>https://hcmc.gov.vn/1</link><guid>urn:1</guid>
          <pubDate>Tue, 10 Nov 2026 20:00:00 GMT</pubDate>
          <description><![CDATA[<p>Sáng <b>thứ Năm</b>.</p><script>alert(1)</script>Mang sổ.]]></description></item>
        <item><title>Hai</title><link>https://hcmc.gov.vn/2</link></item>
        <item><guid>3</guid><pubDate>10/11/2026</pubDate></item></channel></rss>)",
                                "f", faults);
    CHECK(faults.empty());
    REQUIRE(table.rows.size() == 3);
    const auto& row = table.rows[0];
    CHECK(row.number == 1);
    CHECK(row.at("title") == "Lịch tiêm & khám");
    CHECK(row.at("link") == "https://hcmc.gov.vn/1");
    CHECK(row.at("published") == "2026-11-11");  // 3 in the morning here
    CHECK(row.at("text") == "Sáng thứ Năm.\nMang sổ.");
    CHECK(row.at("id").size() == 16);
    CHECK(table.rows[1].at("id") != row.at("id"));
    CHECK(table.rows[1].at("published").empty());
    CHECK(table.rows[2].at("published") == "10/11/2026");  // a date is what is asked for then
}

TEST_CASE("an Atom feed may have prefixes, and its text as XHTML is told as text") {
    Faults faults;
    const auto table = readFeed(
        R"(<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:m="urn:m">
             <a:entry><m:title>Khác</m:title><a:title type="xhtml"><h:div>Lịch <h:b>tiêm</h:b> <h:i>mới</h:i></h:div></a:title>
               <a:id>
                 urn:1</a:id><a:updated>2026-11-10T20:00:00Z</a:updated><a:link href="https://hcmc.gov.vn/1"/>
               <a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
                 <p>Sáng <em>thứ&#160;Năm</em>, 3 &lt; 5 &amp;amp; 6.</p><script>alert(1)</script><p>Mang sổ.</p></div></a:content></a:entry>
             <a:entry><a:id>urn:2</a:id><a:content> </a:content><a:summary>Tóm tắt</a:summary></a:entry></a:feed>)",
        "f", faults);
    CHECK(faults.empty());
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0].at("title") == "Lịch tiêm mới");
    CHECK(table.rows[0].at("text") == "Sáng thứ Năm, 3 < 5 &amp; 6.\nMang sổ.");
    CHECK(table.rows[0].at("link") == "https://hcmc.gov.vn/1");
    CHECK(table.rows[0].at("published") == "2026-11-11");
    CHECK(table.rows[1].at("text") == "Tóm tắt");
}

TEST_CASE("an Atom feed becomes rows") {
    Faults faults;
    const auto table = readFeed(R"(<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:a</id>
        <title>Một</title><updated>2026-11-10T08:00:00+07:00</updated>
        <link rel="self" href="https://a/self"/><link href="https://hcmc.gov.vn/a"/>
        <summary type="html">&lt;p&gt;Dòng một&lt;br/&gt;Dòng hai&lt;/p&gt;</summary></entry></feed>)",
                                "f", faults);
    CHECK(faults.empty());
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].at("published") == "2026-11-10");
    CHECK(table.rows[0].at("link") == "https://hcmc.gov.vn/a");
    CHECK(table.rows[0].at("text") == "Dòng một\nDòng hai");
}

TEST_CASE("what is no feed is refused, and a document type above all") {
    for (const char* text : {"<rss/>", "<html><body/></html>"})
        CHECK(faultsOf(text) == Faults{{"f", 0, "", "feed"}});
    for (const char* text : {"", "<rss><channel>", "<feed/><feed/>", "<rss>\xE1</rss>"})
        CHECK(faultsOf(text) == Faults{{"f", 0, "", "xml"}});
    CHECK(faultsOf(R"(<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>)") ==
          Faults{{"f", 0, "", "no_doctype"}});
    CHECK(faultsOf(std::string((8u << 20) + 1, ' ')) == Faults{{"f", 0, "", "smaller"}});
}

TEST_CASE("markup goes, words stay") {
    CHECK(plainText("a<br>b<BR/>c") == "a\nb\nc");
    CHECK(plainText("<p class=\"x\">Một</p><p>Hai</p>") == "Một\nHai");
    CHECK(plainText("<SCRIPT src=x>alert('<p>')</SCRIPT>ok<style>p{}</style>") == "ok");
    CHECK(plainText("<script>never ends") == "");
    CHECK(plainText("a<!-- <b> --> b") == "a b");
    CHECK(plainText("3 < 5 && 5 > 3") == "3 < 5 && 5 > 3");
    CHECK(plainText("&lt;b&gt; &amp; &quot;&#225;&#xE1;&nbsp;&unknown; &#0; &#xD800; &#x110000;") ==
          "<b> & \"áá &unknown; &#0; &#xD800; &#x110000;");
    CHECK(plainText("Th&ocirc;ng b&aacute;o &ndash; &Agrave;&yuml;&hellip; &Eacute;&eth;") ==
          "Thông báo – Àÿ… Éð");
    CHECK(plainText("&agrave &;") == "&agrave &;");
    CHECK(plainText("<") == "<");
    CHECK(plainText("a <b") == "a <b");  // no tag without its end
    CHECK(plainText("x\u202Ey") == "xy");
}

TEST_CASE("the day of a feed's time is the day here") {
    CHECK(dayOf("Tue, 10 Nov 2026 16:59:59 GMT") == "2026-11-10");
    CHECK(dayOf("Tue, 10 Nov 2026 17:00:00 GMT") == "2026-11-11");
    CHECK(dayOf("10 Nov 2026 23:00:00 +0700") == "2026-11-10");
    CHECK(dayOf("10 Nov 2026 23:00:00 -0500") == "2026-11-11");
    CHECK(dayOf("2026-11-10T23:00:00+07:00") == "2026-11-10");
    for (const char* time :
         {"", "hôm qua", "2026-11-10", "Tue, 32 Nov 2026 10:00:00 GMT", "31 Feb 2026 10:00:00 GMT",
          "10 Nov 2026 10:00:00 +9999", "10 Nov 2026 10:00:00 +0760"})
        CHECK(dayOf(time).empty());
}
