#include "wire/StaffList.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "StaffSample.h"

using namespace tram;
using nlohmann::json;
using wire::BadgeCode;
using wire::StaffList;

namespace {

json document() {
    return json::parse(test::staffList().toJson());
}
bool reads(const json& changed) {
    return StaffList::parse(changed.dump()).has_value();
}

}  // namespace

TEST_CASE("staff list: what is written is read") {
    const auto read = StaffList::parse(test::staffList().toJson());
    REQUIRE(read);
    CHECK(read->toJson() == test::staffList().toJson());
    CHECK(read->members.size() == 2);
    CHECK(read->members[1].role == wire::StaffRole::Supervisor);
    CHECK(read->byBadge(read->members[1].badge) == &read->members[1]);
    CHECK(read->byBadge(std::string(64, '0')) == nullptr);
}

TEST_CASE("staff list: nobody twice, no badge twice, and it ends after it was signed") {
    const auto with = [](const json& patch) {
        auto changed = document();
        changed.merge_patch(patch);
        return changed;
    };
    auto twice = document();
    twice["members"][1]["id"] = twice["members"][0]["id"];
    CHECK_FALSE(reads(twice));
    twice = document();
    twice["members"][1]["badge"] = twice["members"][0]["badge"];
    CHECK_FALSE(reads(twice));
    CHECK_FALSE(reads(with({{"expires", document()["signed_at"]}})));
    CHECK_FALSE(reads(with({{"version", 0}})));
    CHECK_FALSE(reads(with({{"ward", "2715"}})));
    CHECK_FALSE(reads(with({{"cost", {{"kib", 1 << 29}}}})));
    CHECK_FALSE(reads(with({{"cost", {{"passes", 11}}}})));
    CHECK_FALSE(reads(with({{"more", 1}})));
    CHECK(reads(with({{"members", json::array()}})));
}

TEST_CASE("staff list: each member is whole") {
    const json wrong = {{"id", "T-1"},    {"name", ""},         {"role", "mayor"}, {"badge", "abc"},
                        {"salt", "AAAA"}, {"verifier", "AAAA"}, {"unit", "a\nb"},  {"more", 1}};
    for (const auto& [key, value] : wrong.items()) {
        CAPTURE(key);
        auto changed = document();
        changed["members"][0][key] = value;
        CHECK_FALSE(reads(changed));
    }
    auto name = document();
    std::string longest;
    for (int i = 0; i < 100; ++i) longest += "ễ";
    name["members"][0]["name"] = longest;
    CHECK(reads(name));
    name["members"][0]["name"] = longest + "ễ";
    CHECK_FALSE(reads(name));
}

TEST_CASE("badge: one secret has one text, and any other text is none") {
    std::set<std::string> texts;
    for (int i = 0; i < 64; ++i) {
        const base::SecretBytes secret(crypto::randomBytes(crypto::PinKeys::kBadgeBytes));
        const auto text = BadgeCode::write(secret);
        const auto read = BadgeCode::read(text.reveal());
        REQUIRE(read);
        CHECK(read->reveal() == secret.reveal());
        texts.insert(text.reveal());
    }
    CHECK(texts.size() == 64);
    const auto text =
        BadgeCode::write(base::SecretBytes(crypto::Bytes(crypto::PinKeys::kBadgeBytes, 0))).reveal();
    CHECK(text == "TRAMBADGE1:" + std::string(26, '0'));
    for (const auto& other : {std::string(), text.substr(1), text + "0", text.substr(0, text.size() - 1),
                              text.substr(0, text.size() - 1) + "1", text.substr(0, text.size() - 1) + "U",
                              "trambadge1:" + text.substr(11), std::string("K7M3Q9X2TW")})
        CHECK_FALSE(BadgeCode::read(other));
}
