#include "assist/ReportDraft.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using nlohmann::json;

namespace {

feedback::Draft report() {
    feedback::Draft draft;
    draft.fieldId = "thoat-nuoc";
    draft.text = base::SecretText("Nắp cống\ntrước số 12 bị vỡ.");
    draft.wardCode = "27154";
    draft.address = base::SecretText("12 Nguyễn Thiện Thuật");
    draft.landmark = base::SecretText("gần chợ");
    draft.disclosure = wire::Disclosure::NameHidden;
    draft.name = base::SecretText("Nguyễn Thị Canary");
    draft.phone = base::SecretText("090 123 45 67");
    draft.email = base::SecretText("thu@example.vn");
    draft.consent = true;
    draft.consentVersion = "vi:1";
    draft.pictures.push_back(
        {"picture-1", base::SecretBytes(crypto::Bytes(300, 0xd8)), base::SecretBytes({1, 2})});
    return draft;
}

}  // namespace

TEST_CASE("a report in writing survives a crash, but for its consent") {
    const test::TempDir dir;
    const test::FakeClock clock;
    const base::SecretBytes seed(crypto::Bytes(32, 1));
    assist::AssistedDrafts drafts(dir / "drafts", clock);
    const auto id = drafts.save(seed, crypto::view(assist::toText(report()).reveal()));
    REQUIRE(id);
    const auto bytes = drafts.restore(seed, *id);
    REQUIRE(bytes);
    const auto read =
        assist::draftFrom({reinterpret_cast<const char*>(bytes->reveal().data()), bytes->reveal().size()});
    REQUIRE(read);
    CHECK(assist::toText(*read).reveal() == assist::toText(report()).reveal());
    CHECK(read->text.reveal() == report().text.reveal());
    CHECK(read->disclosure == wire::Disclosure::NameHidden);
    REQUIRE(read->pictures.size() == 1);
    CHECK(read->pictures[0].jpeg.reveal() == crypto::Bytes(300, 0xd8));
    CHECK_FALSE(read->consent);
    CHECK(read->consentVersion.empty());
    CHECK(assist::draftFrom(assist::toText({}).reveal()).has_value());
}

TEST_CASE("a kept report is read strictly") {
    const auto whole = json::parse(assist::toText(report()).reveal());
    const auto refused = [&](auto change) {
        auto body = whole;
        change(body);
        return !assist::draftFrom(body.dump());
    };
    CHECK_FALSE(refused([](json&) {}));
    for (const auto& [key, value] : whole.items()) {
        CAPTURE(key);
        CHECK(refused([&](json& b) { b.erase(key); }));
        CHECK(refused([&](json& b) { b[key] = 7; }));
    }
    CHECK(refused([](json& b) { b["consent"] = true; }));
    CHECK(refused([](json& b) { b["disclosure"] = "perhaps"; }));
    CHECK(refused([](json& b) { b["text"] = std::string(70'000, 'x'); }));
    CHECK(refused([](json& b) { b["pictures"][0]["jpeg"] = "!"; }));
    CHECK(refused([](json& b) { b["pictures"][0]["path"] = "/etc/passwd"; }));
    CHECK(refused([](json& b) { b["pictures"] = json(17, b["pictures"][0]); }));
}
