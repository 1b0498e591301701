// Personal documents from a city's system: asked by POST, named by the mapping when wrong, and told without
// numbers.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "gateway/documents/DocumentDesk.h"
#include "gateway/documents/HttpDocuments.h"
#include "tests/support/HttpStub.h"

using namespace tram;
using gateway::DocumentDesk;
using gateway::DocumentMapping;
using gateway::HttpDocuments;
using nlohmann::json;

namespace {

json documentsMapping(const std::string& url = "https://kho.example.vn/giay-to") {
    return {
        {"name", "Kho giấy tờ"},
        {"open_link", "https://vneid.gov.vn/"},
        {"members",
         {{"name", "/ten"}, {"issuer", "/noiCap"}, {"issued", "/cap"}, {"expires", "/het"}, {"link", "/mo"}}},
        {"dates", {"DD/MM/YYYY"}},
        {"timeout_ms", 2000},
        {"by_owner", {{"url", url}, {"body", {{"soDinhDanh", "{personal_number}"}}}, {"list", "/ds"}}}};
}

std::string wrongDocumentsKey(const json& patch) {
    auto file = documentsMapping();
    file.merge_patch(patch);
    const auto read = DocumentMapping::parse(file.dump());
    return read ? "right" : std::string(read.error().fact("key"));
}

gateway::DossierOwner ownerOf(const char* number) {
    return {base::SecretText("sub"), base::SecretText(number)};
}

}  // namespace

TEST_CASE("documents: a mapping names the key that is wrong") {
    CHECK(wrongDocumentsKey(json::object()) == "right");
    CHECK(wrongDocumentsKey({{"name", nullptr}}) == "documents.name");
    CHECK(wrongDocumentsKey({{"open_link", "http://vneid.gov.vn/"}}) == "documents.open_link");
    CHECK(wrongDocumentsKey({{"members", {{"name", nullptr}}}}) == "documents.members.name");
    CHECK(wrongDocumentsKey({{"members", {{"number", "/so"}}}}) == "documents.members.number");
    CHECK(wrongDocumentsKey({{"dates", json::array()}}) == "documents.dates");
    CHECK(wrongDocumentsKey({{"by_owner", nullptr}}) == "documents.by_owner");
    CHECK(wrongDocumentsKey({{"by_owner", {{"url", "https://x.example/{personal_number}"}}}}) ==
          "documents.by_owner.url");
    CHECK(wrongDocumentsKey({{"timeout_ms", 1}}) == "documents.timeout_ms");
    CHECK(wrongDocumentsKey({{"states", json::object()}}) == "documents.states");
}

TEST_CASE("documents: a system's list is told newest first, without numbers and foreign links") {
    test::HttpStub stub;
    std::string asked, answer = R"({"ds": [
        {"ten": "CCCD số 079184001234", "noiCap": "Bộ  Công an\u202e", "cap": "08/03/2024", "het": "08/03/2039"},
        {"ten": "Giấy phép lái xe", "cap": "12/05/2025", "mo": "http://lua.example/"},
        {"noiCap": "không tên"}, 7]})";
    int status = 200;
    stub.server.Post("/giay-to", [&](const httplib::Request& request, httplib::Response& response) {
        asked = request.body;
        response.status = status;
        response.set_content(answer, "application/json");
    });
    stub.start();
    auto mapping = DocumentMapping::parse(documentsMapping(stub.url("/giay-to")).dump());
    REQUIRE(mapping);
    DocumentDesk desk(std::make_unique<HttpDocuments>(std::move(*mapping)));
    base::WallTime now{};
    REQUIRE(base::fromRfc3339("2026-11-21T09:00:00+07:00", now));
    const auto told = desk.ofOwner(ownerOf("079184001234"), now);
    REQUIRE(told);
    CHECK(asked == R"({"soDinhDanh":"079184001234"})");
    REQUIRE(told->documents.size() == 2);
    CHECK(told->documents[0].name == "Giấy phép lái xe");
    CHECK(told->documents[0].link.empty());
    CHECK(told->documents[1].name == "CCCD số •••••••••234");
    CHECK(told->documents[1].issuer == "Bộ Công an");
    CHECK(told->documents[1].expires == "2039-03-08");
    CHECK(told->source == "Kho giấy tờ");
    CHECK(told->link == "https://vneid.gov.vn/");
    // Who has no such number is not asked about.
    asked.clear();
    CHECK(desk.ofOwner(ownerOf(""), now)->documents.empty());
    CHECK(asked.empty());
    status = 404;
    CHECK(desk.ofOwner(ownerOf("079184001234"), now)->documents.empty());
    for (const auto& [code, body] :
         {std::pair<int, std::string>{500, "{}"}, {200, "<html>"}, {200, R"({"ds":7})"}}) {
        status = code;
        answer = body;
        const auto silent = desk.ofOwner(ownerOf("079184001234"), now);
        REQUIRE_FALSE(silent);
        CHECK(silent.error().fact("detail") == "source");
    }
}
