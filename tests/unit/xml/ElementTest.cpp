#include "xml/Element.h"

#include <catch2/catch.hpp>

using namespace tram;

namespace {

std::string wrongWith(const std::string& text) {
    const auto parsed = xml::parseXml(text, 1 << 20);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().kind == base::ProblemKind::Malformed);
    return std::string(parsed.error().fact("detail"));
}

std::string nested(int levels) {
    std::string text;
    for (int level = 0; level < levels; ++level) text += "<a>";
    for (int level = 0; level < levels; ++level) text += "</a>";
    return text;
}

}  // namespace

TEST_CASE("a document becomes its elements") {
    const auto root = xml::parseXml(
        "\xEF\xBB\xBF<?xml version=\"1.0\"?><!-- x --><r a=\"1 &lt; 2\">m<c>đá &amp; "
        "<![CDATA[<b>]]></c>n<c/><p:c>y</p:c></r>",
        1 << 20);
    REQUIRE(root);
    CHECK(root->name == "r");
    CHECK(root->attribute("a") == "1 < 2");
    CHECK(root->attribute("b").empty());
    CHECK(root->text == "mn");
    CHECK(root->child("c").text == "đá & <b>");
    CHECK(root->all("c").size() == 2);
    CHECK(root->child("p:c").text == "y");
    CHECK(root->child("d").empty());
}

TEST_CASE("what is no document is refused") {
    for (const char* text :
         {"", "   ", "text", "<a>", "<a></b>", "<a b></a>", "<!-- x -->", "<a/><a/>", "<a/>\n<b>x</b>"})
        CHECK(wrongWith(text) == "xml");
    CHECK(wrongWith(std::string("<a>\0</a>", 8)) == "xml");
    CHECK(wrongWith("<a>\xC3\x28</a>") == "xml");
    CHECK(xml::parseXml(std::string(101, ' '), 100).error().kind == base::ProblemKind::TooLarge);
}

TEST_CASE("a document type is refused, whatever it says") {
    CHECK(wrongWith("<!DOCTYPE r><r/>") == "doctype");
    CHECK(wrongWith("<!DOCTYPE r SYSTEM \"http://x/y.dtd\"><r/>") == "doctype");
    CHECK(wrongWith("<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><r>&e;</r>") == "doctype");
}

TEST_CASE("an entity that nobody declared stays as it is written") {
    CHECK(xml::parseXml("<r>&e;</r>", 100)->text == "&e;");
}

TEST_CASE("a document that is too deep or too wide is refused") {
    CHECK(xml::parseXml(nested(32), 1 << 20));
    CHECK(wrongWith(nested(33)) == "depth");
    CHECK(wrongWith(nested(100'000)) == "depth");
    std::string wide = "<r>";
    for (int at = 0; at < 50'000; ++at) wide += "<a/>";
    CHECK(wrongWith(wide + "</r>") == "count");
}

TEST_CASE("names are told apart by their namespaces, not by their prefixes") {
    auto root = xml::parseXml(
        R"(<a:feed xmlns:a="urn:atom" xmlns:m="urn:media"><a:title>1</a:title><m:title>2</m:title>
        <x xmlns="urn:atom"/><y/><title xmlns="urn:media">3</title><u:z/></a:feed>)",
        1000);
    REQUIRE(root);
    CHECK(xml::spaceOf(*root) == "urn:atom");
    xml::resolveNames(*root, "urn:atom");
    CHECK(root->name == "feed");
    std::string names;
    for (const auto& child : root->children) names += child.name + ' ';
    CHECK(names == "title {urn:media}title x y {urn:media}title {u}z ");
    CHECK(root->child("title").text == "1");
    CHECK(xml::spaceOf(*xml::parseXml("<feed/>", 100)).empty());
}

TEST_CASE("blanks between elements are kept where text runs on") {
    const auto text = "<p>a<b>c</b> <i>d</i></p>";
    CHECK(xml::parseXml(text, 100)->text == "a");
    const auto kept = xml::parseXml(text, 100, xml::Blanks::Kept);
    REQUIRE(kept);
    CHECK(kept->text == "a ");
    CHECK(kept->children[0].at == 1);
    CHECK(kept->children[1].at == 2);
}
