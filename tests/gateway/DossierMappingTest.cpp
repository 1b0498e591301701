// A mapping file is the operator's: what is wrong in it is named before anybody is asked.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "crypto/Bytes.h"
#include "gateway/dossier/DossierMapping.h"
#include "tests/support/TempDir.h"

using namespace tram;
using gateway::DateShape;
using gateway::DossierMapping;
using nlohmann::json;

namespace {

json dossierMapping() {
    return {{"name", "Một cửa"},
            {"by_code", "https://motcua.example.vn/hs/{code}"},
            {"members", {{"code", "/ma"}, {"procedure", "/ten"}, {"state", "/tt"}, {"promised", "/hen"}}},
            {"states", {{"1", "registered"}}},
            {"dates", {"YYYY-MM-DD"}}};
}

std::string wrongKey(const json& patch) {
    auto file = dossierMapping();
    file.merge_patch(patch);
    const auto read = DossierMapping::parse(file.dump());
    if (read) return "right";
    CHECK(read.error().kind == base::ProblemKind::BadConfig);
    CHECK_FALSE(read.error().fact("expected").empty());
    return std::string(read.error().fact("key"));
}

std::string readBy(const char* shape, const char* text) {
    const auto made = DateShape::make(shape);
    REQUIRE(made);
    const auto read = made->read(text);
    return read ? base::toRfc3339(*read) : "";
}

}  // namespace

TEST_CASE("a mapping of dossiers names the key that is wrong") {
    CHECK(wrongKey(json::object()) == "right");
    const std::pair<json, const char*> all[] = {
        {{{"name", nullptr}}, "dossiers.name"},
        {{{"name", ""}}, "dossiers.name"},
        {{{"by_code", "https://motcua.example.vn/"}}, "dossiers.by_code"},
        {{{"by_code", "http://motcua.example.vn/{code}"}}, "dossiers.by_code"},
        {{{"timeout_ms", 60000}}, "dossiers.timeout_ms"},
        {{{"dossier", "ds"}}, "dossiers.dossier"},
        {{{"unknown", 1}}, "dossiers.unknown"},
        {{{"members", nullptr}}, "dossiers.members"},
        {{{"members", {{"state", nullptr}}}}, "dossiers.members.state"},
        {{{"members", {{"sate", "/x"}}}}, "dossiers.members.sate"},
        {{{"members", {{"office", "x"}}}}, "dossiers.members.office"},
        {{{"members", {{"office", "/x~2"}}}}, "dossiers.members.office"},
        {{{"members", {{"events", "/x"}}}}, "dossiers.event"},
        {{{"event", {{"state", "/s"}}}}, "dossiers.event.at"},
        {{{"task", {{"fee", 1}}}}, "dossiers.task.fee"},
        {{{"states", {{"1", "begun"}}}}, "dossiers.states.1"},
        {{{"ways", {{"1", "pigeon"}}}}, "dossiers.ways.1"},
        {{{"dates", json::array()}}, "dossiers.dates"},
        {{{"dates", {"YYYY-MM-DD", "MM/DD"}}}, "dossiers.dates[1]"},
        {{{"missing", {{"status", {500}}}}}, "dossiers.missing.status"},
        {{{"missing", {{"at", "x"}}}}, "dossiers.missing.at"},
        {{{"by_owner",
           {{"url", "https://m.example.vn/{personal_number}"},
            {"body", {{"a", "{subject}"}}},
            {"list", ""}}}},
         "dossiers.by_owner.url"},
        {{{"by_owner", {{"url", "https://m.example.vn/"}, {"body", {{"a", "b"}}}, {"list", ""}}}},
         "dossiers.by_owner.body"},
        {{{"by_owner", {{"url", "https://m.example.vn/"}}}}, "dossiers.by_owner"},
    };
    for (const auto& [patch, key] : all) {
        CAPTURE(patch.dump());
        CHECK(wrongKey(patch) == key);
    }
    CHECK_FALSE(DossierMapping::parse("[]"));
    CHECK_FALSE(DossierMapping::parse("{"));
}

TEST_CASE("headers of a source come from a file that nobody else may read") {
    const test::TempDir dir;
    const auto file = (dir / "headers").string();
    const auto read = [&](const std::string& text, unsigned mode = 0600) {
        REQUIRE(base::writeFileAtomically(file, text, mode));
        auto with = dossierMapping();
        with["headers_file"] = file;
        return DossierMapping::parse(with.dump());
    };
    const auto fine = read("Authorization: Bearer a b\r\nX-Key: 1\n");
    REQUIRE(fine);
    REQUIRE(fine->headers.size() == 2);
    CHECK(fine->headers[0].first == "Authorization");
    CHECK(fine->headers[0].second.reveal() == "Bearer a b");
    CHECK(read("X-Key: 1\n", 0644).error().kind == base::ProblemKind::KeyExposed);
    CHECK(read("no header\n").error().fact("key") == "dossiers.headers_file");
    auto absent = dossierMapping();
    absent["headers_file"] = (dir / "none").string();
    CHECK(DossierMapping::parse(absent.dump()).error().kind == base::ProblemKind::FileMissing);
}

TEST_CASE("times are read by their shape alone, in the city's zone") {
    CHECK(readBy("DD/MM/YYYY HH:mm", "20/11/2026 14:30") == "2026-11-20T14:30:00.000+07:00");
    CHECK(readBy("YYYYMMDD", "20261120") == "2026-11-20T00:00:00.000+07:00");
    CHECK(readBy("rfc3339", "2026-11-20T07:30:00Z") == "2026-11-20T14:30:00.000+07:00");
    CHECK(readBy("unix_s", "1795159800") == "2026-11-20T14:30:00.000+07:00");
    CHECK(readBy("unix_ms", "1795159800000") == "2026-11-20T14:30:00.000+07:00");
    for (const char* none : {"", "20/11/2026", "20-11-2026 14:30", "20/11/2026 14:30:00", "31/11/2026 14:30",
                             "20/11/2026 24:00", "2x/11/2026 14:30", "-1/11/2026 14:30"})
        CHECK(readBy("DD/MM/YYYY HH:mm", none).empty());
    CHECK(readBy("unix_ms", "99999999999999999").empty());
    for (const char* shape : {"", "DD/MM", "YYYY-MM-DD YYYY", "YYYYY-MM"})
        CHECK_FALSE(DateShape::make(shape));
}

TEST_CASE("a slip's secret is read where the mapping says, and only its hash is kept") {
    auto file = dossierMapping();
    file["members"]["slip_secret"] = "/bi_mat";
    const auto mapping = DossierMapping::parse(file.dump());
    REQUIRE(mapping);
    const json one = {{"ma", "H29-260310-0420"}, {"ten", "x"}, {"tt", "1"}, {"bi_mat", "abc12345"}};
    const auto record = mapping->read(one);
    REQUIRE(record);
    CHECK(record->slipHash == crypto::sha256Hex(crypto::view("abc12345")));
    CHECK(record->toJson().find("abc12345") == std::string::npos);
    CHECK(record->toJson().find(record->slipHash) == std::string::npos);
    auto bare = one;
    bare.erase("bi_mat");
    CHECK(mapping->read(bare)->slipHash.empty());
    CHECK(DossierMapping::parse(dossierMapping().dump())->read(one)->slipHash.empty());
}
