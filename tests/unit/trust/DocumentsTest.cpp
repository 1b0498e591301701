#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/SigningCity.h"
#include "trust/Documents.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

template <class Document>
std::string wrongWith(json document, const char* pointer, const json& value) {
    document[json::json_pointer(pointer)] = value;
    const auto parsed = Document::parse(document.dump());
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().kind == base::ProblemKind::Malformed);
    return std::string(parsed.error().fact("key"));
}

}  // namespace

TEST_CASE("a root comes back as it was written") {
    const auto root = SigningCity().root(7);
    const auto read = trust::Root::parse(root.toJson());
    REQUIRE(read);
    CHECK(read->version == 7);
    CHECK(read->signedAt == root.signedAt);
    CHECK(read->toJson() == root.toJson());
}

TEST_CASE("a root that could never be met, or too easily, is refused") {
    const auto root = json::parse(SigningCity().root().toJson());
    const auto refused = [&](const char* pointer, const json& value) {
        return wrongWith<trust::Root>(root, pointer, value);
    };
    const auto key = root["roles"]["content"]["keys"][0];
    CHECK(refused("/roles/content/threshold", 4) == "threshold");
    CHECK(refused("/roles/content/threshold", 0) == "threshold");
    CHECK(refused("/roles/content/keys/1", key) == "keys");
    CHECK(refused("/roles/content/keys/1", "x") == "keys");
    CHECK(refused("/roles/content/keys/1", 5) == "keys");
    CHECK(refused("/roles/content/keys", json::array()) == "keys");
    CHECK(refused("/roles/mayor", root["roles"]["staff"]) == ".");
    CHECK(refused("/expires", root["signed_at"]) == "expires");
    CHECK(refused("/version", 0) == "version");
    CHECK(refused("/version", 1ll << 40) == "version");
}

TEST_CASE("a manifest comes back as it was written, and is refused when it contradicts itself") {
    const auto manifest = SigningCity().manifest(2);
    const auto read = trust::Manifest::parse(manifest.toJson());
    REQUIRE(read);
    CHECK(read->toJson() == manifest.toJson());
    CHECK(read->packs == manifest.packs);
    const auto document = json::parse(manifest.toJson());
    const auto refused = [&](const char* pointer, const json& value) {
        return wrongWith<trust::Manifest>(document, pointer, value);
    };
    CHECK(refused("/packs/1", document["packs"][0]) == "packs");
    CHECK(refused("/packs/0/name", "../city") == "name");
    CHECK(refused("/packs/0/sha256", "00") == "sha256");
    CHECK(refused("/packs/0/bytes", 0) == "bytes");
    CHECK(refused("/packs/0/bytes", (1ll << 30) + 1) == "bytes");
    CHECK(refused("/signed_at", "gestern") == "signed_at");
    CHECK(refused("/v", 2) == "v");
}

TEST_CASE("of a document it is told whose signatures are missing, and which are of no use") {
    const SigningCity city;
    const auto payload = city.manifest().toJson();
    wire::Cosigned document{std::string(trust::Manifest::kPayloadType), payload + " ", {}};
    document.sign(city.contentKeys[1]);
    document.payload = payload;  // changed after that
    document.sign(city.contentKeys[0]);
    document.sign(city.alerts);
    const auto found = trust::signaturesOf(document, city.root().of(trust::Role::Content));
    CHECK(found.needed == 2);
    CHECK(found.good == std::vector{city.contentKeys[0].verifyKey().fingerprint()});
    CHECK(found.broken == std::vector{city.contentKeys[1].verifyKey().fingerprint()});
    CHECK(found.foreign == std::vector{city.alerts.verifyKey().fingerprint()});
}
