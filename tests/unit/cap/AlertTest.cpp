#include "cap/Alert.h"

#include <catch2/catch.hpp>
#include <functional>

#include "Made.h"

using namespace tram;
using namespace tram::test;

namespace {

/// "where: rule"
std::string wrong(const std::string& xml) {
    const auto parsed = cap::Alert::parse(xml);
    REQUIRE_FALSE(parsed);
    if (parsed.error().kind == base::ProblemKind::TooLarge) return "too large";
    CHECK(parsed.error().kind == base::ProblemKind::Malformed);
    return std::string(parsed.error().fact("key")) + ": " + std::string(parsed.error().fact("expected"));
}
std::string wrong(const std::function<void(Made&)>& change) {
    Made made;
    change(made);
    return wrong(made.xml());
}
std::string wrongInfo(const std::string& more) {
    Made made;
    made.infos = Made::info(more);
    return wrong(made.xml());
}
std::string wrongArea(const std::string& more) {
    return wrongInfo("<area><areaDesc>x</areaDesc>" + more + "</area>");
}
std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto place = text.find(what);
    REQUIRE(place != text.npos);
    return text.replace(place, what.size(), with);
}

}  // namespace

TEST_CASE("a message becomes what it says") {
    Made made;
    made.more = "<note>n</note><code>x</code>";
    made.infos = Made::info(
        "<responseType>Avoid</responseType><audience>all</audience><eventCode><valueName>a</"
        "valueName><value>b</"
        "value></eventCode><effective>2026-11-21T10:00:00+07:00</effective><onset>2026-11-21T17:00:00-00:00</"
        "onset><expires>2026-11-21T20:00:00+07:00</expires><senderName>Thành phố</senderName><headline> "
        "Triều \n "
        "cường </headline><description>Một\n\nhai</description><instruction>1. Lên "
        "cao</instruction><web>https://"
        "x.example/a</web><contact>1022</contact><parameter><valueName>p</valueName><value/></"
        "parameter><resource>"
        "<resourceDesc>r</resourceDesc><mimeType>image/png</mimeType></resource><area><areaDesc>Ven "
        "sông</areaDesc><polygon>10.7,106.6 10.8,106.6\n10.8,106.7 10.7,106.6</polygon><circle>10.75,106.65 "
        "2.5</circle><geocode><valueName>ward</valueName><value>27154</value></geocode><altitude>1</"
        "altitude><"
        "ceiling>2</ceiling></area>");
    const auto alert = made.alert();
    CHECK(alert.id == cap::Reference{"city@tram.example", "VN-1", at("2026-11-21T02:40:00Z")});
    CHECK(alert.status == cap::Status::Actual);
    CHECK(alert.msgType == cap::MsgType::Alert);
    CHECK(alert.scope == cap::Scope::Public);
    REQUIRE(alert.infos.size() == 1);
    const auto& info = alert.infos[0];
    CHECK(info.language == "vi");
    CHECK(info.categories == std::vector<std::string>{"Met"});
    CHECK(info.isEmergency());
    CHECK(info.effective == at("2026-11-21T03:00:00Z"));
    CHECK(info.onset == at("2026-11-21T17:00:00Z"));
    CHECK(info.expires == at("2026-11-21T13:00:00Z"));
    CHECK(info.headline == "Triều cường");
    CHECK(info.instruction == "1. Lên cao");
    CHECK(info.web == "https://x.example/a");
    REQUIRE(info.areas.size() == 1);
    CHECK(info.areas[0].polygons[0].size() == 4);
    CHECK(info.areas[0].circles[0].kilometres == 2.5);
    CHECK(info.areas[0].geocodes[0].value == "27154");
}

TEST_CASE("an info without a language is American English, 3.2.2") {
    Made made;
    for (const char* language : {"<language>vi</language>", "<language></language>"}) {
        made.infos = replaced(Made::info(), "<language>vi</language>", language);
        if (language == std::string("<language>vi</language>")) continue;
        CHECK(made.alert().infos[0].language == "en-US");
    }
    made.infos = replaced(Made::info(), "<language>vi</language>", "");
    CHECK(made.alert().infos[0].language == "en-US");
}

TEST_CASE("a prefix of the namespace's own is the same, and a signature is passed over") {
    auto xml = Made().xml();
    for (std::size_t i = 0; (i = xml.find('<', i)) != xml.npos; ++i) {
        if (xml[i + 1] == '?') continue;
        xml.insert(i + (xml[i + 1] == '/' ? 2 : 1), "c:");
    }
    xml = replaced(xml, "xmlns=", "xmlns:c=");
    CHECK(cap::Alert::parse(xml));
    Made made;
    made.more = R"(<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:x/></ds:Signature>)";
    CHECK(made.alert().infos.size() == 1);
    made.more = R"(<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><x/></Signature>)";
    CHECK(made.alert().infos.size() == 1);
}

TEST_CASE("markup in a text is text, and elements in one are refused") {
    Made made;
    made.infos = Made::info(
        "<headline>&lt;script&gt;alert(1)&lt;/script&gt;</headline><description><![CDATA[<b>&x;</b>]]></"
        "description>");
    const auto info = made.alert().infos[0];
    CHECK(info.headline == "<script>alert(1)</script>");
    CHECK(info.description == "<b>&x;</b>");
    CHECK(wrongInfo("<headline><b>x</b></headline>") == "info[1].headline: text");
}

TEST_CASE("what cannot be seen, and what turns text around, is taken out") {
    Made made;
    made.infos = Made::info("<headline>a&#x202E;b&#x200B;c&#9;d</headline>");
    CHECK(made.alert().infos[0].headline == "abc d");
}

TEST_CASE("a document type or an entity is refused, and nothing is fetched") {
    const auto xml = Made().xml();
    const auto with = [&](const char* type) {
        return wrong(replaced(xml, "<alert", std::string(type) + "<alert"));
    };
    CHECK(with("<!DOCTYPE alert>") == ": doctype");
    CHECK(with("<!DOCTYPE alert SYSTEM \"http://127.0.0.1:1/x.dtd\">") == ": doctype");
    CHECK(with("<!DOCTYPE alert [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>") == ": doctype");
    CHECK(with("<!DOCTYPE alert [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>") == ": doctype");
    CHECK(wrongInfo("<headline>&e;</headline>") == ": entity");
    CHECK(wrongInfo("<headline>a & b</headline>") == ": entity");
    CHECK(wrongInfo("<headline>&nbsp;</headline>") == ": entity");
    CHECK(cap::Alert::parse(replaced(xml, "<alert", "<!-- &e; --><alert")));
    CHECK(cap::Alert::parse(replaced(xml, "flood", "&#225;&amp;&lt;&gt;&quot;&apos;&#xE1;")));
}

TEST_CASE("what is too large is refused before it is read") {
    const auto filled = [](std::size_t bytes) {
        const auto xml = Made().xml();
        return replaced(xml, "<alert", "<!--" + std::string(bytes - xml.size() - 7, 'x') + "--><alert");
    };
    CHECK(filled(400 * 1024).size() == 400 * 1024);
    CHECK(wrong(filled(400 * 1024)) == "too large");
    CHECK(wrong(filled(cap::Alert::kMaxBytes + 1)) == "too large");
    CHECK(cap::Alert::parse(filled(cap::Alert::kMaxBytes)));
}

TEST_CASE("what is no CAP 1.2 message is refused") {
    CHECK(wrong("") == ": xml");
    CHECK(wrong("<a>") == ": xml");
    CHECK(wrong("<alert/>") == ": namespace");
    CHECK(wrong(replaced(Made().xml(), "cap:1.2", "cap:1.1")) == ": namespace");
    CHECK(wrong(replaced(Made().xml(), "<alert xmlns=", "<alert xmlns:cap=")) == ": namespace");
    CHECK(wrong("<feed xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"/>") == ": namespace");
}

TEST_CASE("what must be there is missed, by its name") {
    using Change = std::function<void(Made&)>;
    const std::vector<std::pair<std::string, Change>> table{
        {"identifier: missing", [](Made& m) { m.identifier = " "; }},
        {"identifier: name", [](Made& m) { m.identifier = "a b"; }},
        {"identifier: name", [](Made& m) { m.identifier = "a,b"; }},
        {"identifier: name", [](Made& m) { m.identifier = "a&amp;b"; }},
        {"sender: name", [](Made& m) { m.sender = "&lt;"; }},
        {"sent: missing", [](Made& m) { m.sent = ""; }},
        {"sent: time", [](Made& m) { m.sent = "2026-11-21T09:40:00Z"; }},
        {"sent: time", [](Made& m) { m.sent = "2026-11-21T09:40:00.5+07:00"; }},
        {"sent: time", [](Made& m) { m.sent = "2026-11-21T09:40:00"; }},
        {"sent: time", [](Made& m) { m.sent = "2026-02-30T09:40:00+07:00"; }},
        {"sent: time", [](Made& m) { m.sent = "2026-11-21t09:40:00+07:00"; }},
        {"status: word", [](Made& m) { m.status = "actual"; }},
        {"status: missing", [](Made& m) { m.status = ""; }},
        {"msgType: word", [](Made& m) { m.msgType = "Alarm"; }},
        {"scope: word", [](Made& m) { m.scope = "Everyone"; }},
        {"references: needs_references", [](Made& m) { m.msgType = "Update"; }},
        {"references: needs_references", [](Made& m) { m.msgType = "Cancel"; }},
        {"references: references", [](Made& m) { m.references = "a,b"; }},
        {"references: references", [](Made& m) { m.references = "a,b,yesterday"; }},
        {"info: needs_info", [](Made& m) { m.infos = ""; }},
        {"info[2].event: missing", [](Made& m) { m.infos += replaced(Made::info(), "flood", ""); }},
        {"sender: twice", [](Made& m) { m.more = "<sender>b</sender>"; }},
        {"expire: unknown", [](Made& m) { m.more = "<expire>x</expire>"; }},
        {"x:note: unknown", [](Made& m) { m.more = "<x:note>x</x:note>"; }},
        {"note: unknown", [](Made& m) { m.more = "<note xmlns=\"urn:x\">x</note>"; }},
        {": text", [](Made& m) { m.more = "loose"; }},
    };
    for (const auto& [expected, change] : table) CHECK(wrong(change) == expected);
}

TEST_CASE("what is wrong in an info is told with its place") {
    CHECK(wrongInfo("<expires>soon</expires>") == "info[1].expires: time");
    CHECK(wrongInfo("<expire>2026-11-21T20:00:00+07:00</expire>") == "info[1].expire: unknown");
    CHECK(wrongInfo("<onset>2026-11-21T20:00:00Z</onset>") == "info[1].onset: time");
    CHECK(wrongInfo("<category>Weather</category>") == "info[1].category: word");
    CHECK(wrongInfo("<headline>a</headline><headline>b</headline>") == "info[1].headline: twice");
    CHECK(wrongInfo("<headline>" + std::string(1001, 'x') + "</headline>") == "info[1].headline: long");
    CHECK(wrongInfo("<description>" + std::string(32'001, 'x') + "</description>") ==
          "info[1].description: long");
    CHECK(wrong([](Made& m) { m.infos = Made::info("", "tiếng Việt"); }) == "info[1].language: language");
    CHECK(wrong([](Made& m) { m.infos = Made::info("", "vi", "Bad"); }) == "info[1].severity: word");
    CHECK(wrong([](Made& m) { m.infos = replaced(Made::info(), "<category>Met</category>", ""); }) ==
          "info[1].category: missing");
    std::string many;
    for (int i = 0; i < 17; ++i) many += Made::info();
    CHECK(wrong([&](Made& m) { m.infos = many; }) == "info: many");
}

TEST_CASE("areas are shapes of this earth") {
    CHECK(wrongInfo("<area/>") == "info[1].area[1].areaDesc: missing");
    for (const char* polygon :
         {"", "1,1 2,2 1,1", "1,1 2,2 3,3 4,4", "1,1 2,2 3,3 91,1 1,1", "1 1,2 2,3 3,1 1",
          "1,1 2,2 3,nan 1,1", "1,1 2,2 3,181 1,1", "1,1;2,2;3,3;1,1", "1e1,1 2,2 3,3 1e1,1"})
        CHECK(wrongArea("<polygon>" + std::string(polygon) + "</polygon>") ==
              "info[1].area[1].polygon: polygon");
    for (const char* circle : {"", "1,1", "1,1 -1", "1,1 2 3", "91,1 1", "1,1 inf", "x"})
        CHECK(wrongArea("<circle>" + std::string(circle) + "</circle>") == "info[1].area[1].circle: circle");
    CHECK(wrongArea("<geocode><value>1</value></geocode>") ==
          "info[1].area[1].geocode[1].valueName: missing");
    std::string points = "1,1 ";
    for (int i = 0; i < 8'000; ++i) points += "2,2 ";
    CHECK(wrongArea("<polygon>" + points + "1,1</polygon>") == "info: many");
}

TEST_CASE("a Cancel may say nothing, an Update must") {
    auto cancel = Made::about("Cancel", "VN-2", Made().reference());
    cancel.infos = "";
    CHECK(cancel.alert().references.size() == 1);
    auto update = cancel;
    update.msgType = "Update";
    CHECK(wrong(update.xml()) == "info: needs_info");
    cancel.references = Made().reference() + "\n  " + Made().reference();
    CHECK(cancel.alert().references.size() == 2);
}

TEST_CASE("a web address that is none is left out") {
    Made made;
    for (const char* web : {"javascript:alert(1)", "file:///etc/passwd", "www.x.example", "https://a b"}) {
        made.infos = Made::info("<web>" + std::string(web) + "</web>");
        CHECK(made.alert().infos[0].web.empty());
    }
}

TEST_CASE("Very Likely of CAP 1.0 is Likely, 3.2.2") {
    Made made;
    made.infos = replaced(Made::info(), "Likely", "Very Likely");
    CHECK(made.alert().infos[0].certainty == cap::Certainty::Likely);
}
