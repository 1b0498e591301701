// Staff at a station: signing in, consent before personal data, the lock, and the next resident.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Visit.h"
#include "base/Files.h"
#include "ledger/Read.h"
#include "ui/screens/DossierScreen.h"
#include "ui/screens/staff/SignInScreen.h"
#include "wire/StaffList.h"

namespace tram::ui::test {

namespace {

using nlohmann::json;

/// Of the demo's staff, by their place in the file.
json demoMember(std::size_t place) {
    return json::parse(base::readFile(TRAM_BINARY_DIR "/share/tram/demo/staff.json").value())
        .at("staff")
        .at(place);
}
constexpr std::size_t kHelper = 0, kSupervisor = 2;

struct Duty {
    Visit visit;
    explicit Duty(const std::string& language = "vi", wxSize size = {1920, 1080}) : visit(language, size) {}

    Robot& robot() { return visit.robot(); }
    assist::Duty& duty() { return *visit.kiosk().services().duty; }
    void signInByCode(std::size_t place) {
        const auto member = demoMember(place);
        robot().tap("staff");
        REQUIRE(visit.arrives("staff_badge"));
        robot().tap("code.instead");
        REQUIRE(visit.arrives("staff_code"));
        robot().type(member.at("code").get<std::string>());
        visit.enter("pin");
        robot().type(member.at("pin").get<std::string>());
        robot().tap("enter");
        REQUIRE(visit.arrives("staff_help"));
    }
    void hold(const std::string& text) {
        auto read = visit.kiosk().services().readScanned(text);
        REQUIRE(visit.kiosk().screen().scanned(read));
    }
    void typePin(const std::string& pin) {
        robot().type(pin);
        robot().tap("enter");
    }
    std::string log() {
        std::string all;
        const auto directory = visit.kiosk().services().config.dataDir / "staff-log";
        REQUIRE(ledger::each(directory, {}, [&](const ledger::Row& row) {
            all += (all.empty() ? "" : " ") + row.line.event;
        }));
        return all;
    }
};

}  // namespace

TEST_CASE("Staff sign in by code, look-ups need no consent, a report does, and the next resident is a wipe") {
    Duty at;
    at.signInByCode(kHelper);
    at.robot().key(WXK_F4);
    REQUIRE(at.visit.arrives("city_list"));
    at.robot().tap("back");
    REQUIRE(at.visit.arrives("staff_help"));
    CHECK_FALSE(at.visit.shows("file"));
    at.robot().key(WXK_F2);
    REQUIRE(at.visit.arrives("staff_consent"));
    at.robot().key(WXK_F10);
    REQUIRE(at.visit.arrives("feedback_field"));
    CHECK_FALSE(at.visit.shows("call"));  // whoever would come is here
    at.robot().tap("back");
    REQUIRE(at.visit.arrives("staff_help"));
    CHECK(at.visit.shows("file"));
    at.robot().reach("disposition.referred");
    at.robot().key(WXK_F12);
    REQUIRE(runUntil([&] { return at.visit.wiped(); }));
    CHECK(at.duty().active());  // it goes on in the next image
    CHECK_FALSE(at.duty().helping().file());
    CHECK(at.log() == "chain_begun sign_in help_started file_opened consent_given errand help_ended");
}

TEST_CASE("A resident who does not agree is helped without their data") {
    Duty at("en");
    at.signInByCode(kHelper);
    at.robot().key(WXK_F2);
    REQUIRE(at.visit.arrives("staff_consent"));
    at.robot().tap("refuse");
    REQUIRE(at.visit.arrives("staff_help"));
    REQUIRE(at.duty().helping().file());
    CHECK(at.duty().helping().file()->refused);
    at.robot().key(WXK_F3);
    CHECK(at.visit.arrives("guides"));
}

TEST_CASE("A locked station shows nothing, lets its owner go on with the PIN, and anybody end the session") {
    Duty at;
    at.signInByCode(kHelper);
    at.robot().tap("staff.lock");
    REQUIRE(at.visit.arrives("staff_code"));
    CHECK_FALSE(at.duty().active());
    CHECK_FALSE(at.visit.kiosk().services().outbox == nullptr);
    at.robot().key(WXK_F12);
    at.robot().settle();
    CHECK_FALSE(at.visit.wiped());
    at.visit.kiosk().back();
    at.robot().settle();
    CHECK(at.visit.kiosk().screen().name() == "staff_code");
    // Nor does anything that is held up, or that would lead home.
    at.visit.kiosk().open(std::make_unique<screens::DossierScreen>(at.visit.kiosk()));
    at.visit.kiosk().home();
    at.robot().settle();
    CHECK(at.visit.kiosk().screen().name() == "staff_code");
    const auto member = demoMember(kHelper);
    at.robot().tap("code");
    at.robot().type(member.at("code").get<std::string>());
    at.visit.enter("pin");
    at.typePin(member.at("pin").get<std::string>());
    REQUIRE(at.visit.arrives("staff_help"));
    CHECK(at.duty().active());
    at.robot().tap("staff.lock");
    REQUIRE(at.visit.arrives("staff_code"));
    at.robot().tap("staff.end");
    REQUIRE(runUntil([&] { return at.visit.wiped(); }));
    CHECK(at.duty().session() == nullptr);
}

TEST_CASE(
    "A badge opens with its PIN alone, a wrong PIN is asked for again, and a stranger's opens nothing") {
    Duty at;
    const auto list = at.visit.kiosk().services().config.dataDir / "staff" / "list.json";
    REQUIRE(runUntil([&] { return std::filesystem::exists(list); }, std::chrono::seconds(60)));
    at.robot().tap("staff");
    REQUIRE(at.visit.arrives("staff_badge"));
    const auto stranger =
        wire::BadgeCode::write(base::SecretBytes(crypto::Bytes(crypto::PinKeys::kBadgeBytes, 9)));
    at.hold(stranger.reveal());
    REQUIRE(at.visit.arrives("staff_refused"));
    CHECK(says(at.visit, "không có trong danh sách"));
    at.robot().tap("again");
    REQUIRE(at.visit.arrives("staff_badge"));
    at.hold("K7M3Q9X2TW");
    REQUIRE(at.visit.arrives("staff_refused"));
    CHECK(says(at.visit, "không phải thẻ cán bộ"));
    const auto member = demoMember(kSupervisor);
    at.hold(member.at("badge").get<std::string>());
    REQUIRE(at.visit.arrives("staff_pin"));
    at.typePin("111112");
    REQUIRE(runUntil([&] { return says(at.visit, "Mã PIN không đúng"); }));
    CHECK(at.visit.kiosk().screen().name() == "staff_pin");
    at.typePin(member.at("pin").get<std::string>());
    REQUIRE(at.visit.arrives("staff_help"));
    CHECK_FALSE(at.duty().session()->draftSeed().empty());
    at.robot().tap("section.log");
    CHECK(at.visit.arrives("staff_log"));
    CHECK(runUntil([&] { return says(at.visit, member.at("name").get<std::string>()); }));
}

TEST_CASE("What was being written is offered again to its owner, once") {
    Duty at;
    const auto list = at.visit.kiosk().services().config.dataDir / "staff" / "list.json";
    REQUIRE(runUntil([&] { return std::filesystem::exists(list); }, std::chrono::seconds(60)));
    const auto member = demoMember(kHelper);
    const auto signIn = [&] {
        at.robot().tap("staff");
        REQUIRE(at.visit.arrives("staff_badge"));
        at.hold(member.at("badge").get<std::string>());
        REQUIRE(at.visit.arrives("staff_pin"));
        at.typePin(member.at("pin").get<std::string>());
        REQUIRE(at.visit.arrives("staff_help"));
    };
    signIn();
    at.robot().key(WXK_F2);
    REQUIRE(at.visit.arrives("staff_consent"));
    at.robot().tap("agree");
    REQUIRE(at.visit.arrives("feedback_field"));
    at.robot().tap("field.thoat-nuoc");
    REQUIRE(at.visit.arrives("feedback_text"));
    at.robot().type("nuwowcs ngaapj tuwf sangs");
    const auto typed = std::filesystem::file_time_type::clock::now();
    const auto drafts = at.visit.kiosk().services().config.dataDir / "duty" / "drafts";
    REQUIRE(runUntil([&] {
        std::error_code none;
        for (const auto& file : std::filesystem::directory_iterator(drafts, none))
            if (file.last_write_time(none) > typed) return true;
        return false;
    }));
    at.visit.nextResident();  // as after a power cut: no handover
    signIn();
    REQUIRE(runUntil([&] { return says(at.visit, "Phản ánh viết dở"); }));
    const auto id = at.duty().drafts().front().id;
    // Not into the file of whoever has come since.
    at.duty().openFile(assist::Identified::NotAtAll);
    REQUIRE(runUntil([&] { return !at.visit.shows("draft.restore." + id); }));
    at.visit.nextResident();
    signIn();
    REQUIRE(runUntil([&] { return at.visit.shows("draft.restore." + id); }));
    at.robot().tap("draft.restore." + id);
    REQUIRE(at.visit.arrives("staff_consent"));  // this resident is asked anew
    at.robot().tap("agree");
    REQUIRE(at.visit.arrives("feedback_who"));  // the first step that lacks something
    CHECK(at.visit.feedback().flow().draft().text.reveal() == "nước ngập từ sáng");
    at.robot().tap("end");
    REQUIRE(runUntil([&] { return at.visit.wiped(); }));
    CHECK(std::filesystem::is_empty(drafts));
}

TEST_CASE("One tap counts a help given away from the station, and can be taken back") {
    Duty at;
    const auto campaigns = at.visit.kiosk().services().config.dataDir / "content" / "campaigns.json";
    REQUIRE(runUntil([&] { return std::filesystem::exists(campaigns); }, std::chrono::seconds(60)));
    at.signInByCode(kSupervisor);
    at.robot().key('3', wxMOD_ALT);
    REQUIRE(at.visit.arrives("staff_campaign"));
    REQUIRE(runUntil([&] { return at.visit.shows("campaign.cong-dan-so-2026"); }));
    at.robot().tap("campaign.cong-dan-so-2026");
    REQUIRE(runUntil([&] { return at.visit.shows("tap.count"); }));
    const auto before = spoken(at.visit, "campaign.progress");
    at.robot().tap("tap.count");
    REQUIRE(runUntil([&] { return at.visit.shows("tap.undo"); }));
    CHECK(spoken(at.visit, "campaign.progress") != before);
    at.robot().tap("tap.undo");
    REQUIRE(runUntil([&] { return !at.visit.shows("tap.undo"); }));
    CHECK(spoken(at.visit, "campaign.progress") == before);
    at.robot().key('5', wxMOD_ALT);
    REQUIRE(at.visit.arrives("staff_reports"));
    CHECK(runUntil([&] { return says(at.visit, "Chưa có gì trong những ngày này"); }));
}

}  // namespace tram::ui::test
