// What is held up or typed and cannot simply be taken: two codes at once, a slip of the fingers, a card at
// odds with itself.
#include <catch2/catch.hpp>

#include "ScanVisit.h"

namespace tram::ui::test {

TEST_CASE("Of two codes in view none is taken, until only one is left") {
    int tones = 0;
    ScanVisit at;
    HeldMoments held(at.visit.kiosk().services().scheduler);
    at.use(held, [&tones] { ++tones; });
    at.look();
    const char* const only = "Chỉ đưa một mã vào khung.";
    SECTION("they came one after the other") {
        at.camera->see(kCard);
        REQUIRE(at.visit.arrives("scan_found"));
        at.camera->seeToo("h29.25-260310-0420");
        REQUIRE(at.visit.arrives("scan_looking"));
        CHECK(runUntil([&] { return says(at.visit, only); }));
        held.pass();
        at.visit.robot().settle();
        CHECK(at.visit.kiosk().screen().name() == "scan_looking");
        CHECK(at.camera->on());
        tones = 0;
        at.camera->loseFirst();
        REQUIRE(at.visit.arrives("scan_found"));
        CHECK(tones == 1);
        CHECK_FALSE(says(at.visit, only));
        held.pass();
        REQUIRE(at.visit.arrives("dossier_status"));
    }
    SECTION("they came at once, and both went") {
        at.camera->seeBoth("h29.25-260310-0420", "h29.25-260310-0421");
        CHECK(runUntil([&] { return says(at.visit, only); }));
        CHECK(tones == 0);
        at.camera->seeNothing();
        CHECK(runUntil([&] { return !says(at.visit, only); }));
        held.pass();
        at.visit.robot().settle();
        CHECK(at.visit.kiosk().screen().name() == "scan_looking");
        CHECK(tones == 0);
    }
    SECTION("three, and two are too many still") {
        at.camera->seeBoth(kCard, kInsurance);
        at.camera->seeToo("K7M3Q9X2TW");
        at.camera->loseFirst();
        CHECK(runUntil([&] { return says(at.visit, only); }));
        at.camera->loseFirst();
        REQUIRE(at.visit.arrives("scan_found"));
        held.pass();
        REQUIRE(at.visit.arrives("follow_not_arrived"));
    }
    SECTION("who then types instead finds nothing of them") {
        at.camera->seeBoth(kCard, kInsurance);
        CHECK(runUntil([&] { return says(at.visit, only); }));
        at.visit.robot().tap("type");
        REQUIRE(at.visit.arrives("scan_typing"));
        at.visit.robot().tap("back");
        REQUIRE(at.visit.arrives("scan_looking"));
        CHECK_FALSE(says(at.visit, only));
    }
    CHECK_FALSE(says(at.visit, "Nguyễn Thị Lan"));
}

TEST_CASE("Codes that mean the same are one, and one of ours is taken beside somebody else's") {
    ScanVisit at;
    at.look();
    at.camera->seeBoth("h29.25-260310-0420", "H29.25-260310-0420");
    REQUIRE(at.visit.arrives("dossier_status"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("home"));
    at.look();
    at.camera->seeBoth("00020101021138570010A000000727", "h29.25-260310-0420");
    REQUIRE(at.visit.arrives("dossier_status"));
    CHECK(says(at.visit, "H29.25-260310-0420"));
}

TEST_CASE("A mistyped code is told at its field, which keeps what was typed") {
    const std::string way = GENERATE("read", "key.enter", "a keyboard's Enter");
    ScanVisit at;
    at.look();
    at.visit.robot().tap("type");
    REQUIRE(at.visit.arrives("scan_typing"));
    const auto read = [&] {
        at.visit.robot().look();
        if (way == "a keyboard's Enter")
            at.visit.robot().key(WXK_RETURN);
        else
            at.visit.robot().tap(way);
        at.visit.robot().settle();
    };
    const auto field = [&] {
        auto text = at.visit.kiosk().screen().render().fields.at("code").edit->text();
        for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return text;
    };
    struct Slip {
        const char *typed, *words;
    };
    for (const auto& [typed, words] :
         {Slip{"h29.25-260310-042", "Chưa đúng mã hồ sơ."}, Slip{"k7m3q9x2ta", "có ký tự gõ nhầm"},
          Slip{"k7m3q9x2t", "đúng mười ký tự"}, Slip{"0901234567", "số điện thoại"},
          Slip{"xinchao", "Chưa nhận ra mã này."}}) {
        if (way != "read" && words != std::string("có ký tự gõ nhầm")) continue;  // one is enough of each way
        CAPTURE(typed);
        at.visit.robot().type(typed);
        read();
        CHECK(at.visit.kiosk().screen().name() == "scan_typing");
        CHECK(says(at.visit, words));
        CHECK(at.visit.kiosk().surface().focused() == "code");
        CHECK(field() == typed);
        at.visit.robot().type("9");  // the first key of a better one
        at.visit.robot().settle();
        CHECK_FALSE(says(at.visit, words));
        CHECK(field() == std::string(typed) + "9");
        at.visit.kiosk().screen().render().fields.at("code").edit->clear();
    }
    at.visit.robot().type("h29.25-260310-042");
    read();
    at.visit.robot().type("0");
    read();
    REQUIRE(at.visit.arrives("dossier_status"));
    CHECK(says(at.visit, "H29.25-260310-0420"));
}

namespace {
const char* const kOddCards[] = {
    "079190001234||Nguyễn Thị Lan|15051990|Nam|12 Nguyễn Trãi|10052021",  // another sex
    "079190001234||Nguyễn Thị Lan|15051991|Nữ|12 Nguyễn Trãi|10052021",   // another year
    "079190001234||Nguyễn Thị Lan|31021990|Nữ|12 Nguyễn Trãi|10052021"};  // no day
}

TEST_CASE("A card whose data do not agree is told as such, and nothing of it is used") {
    ScanVisit at;
    at.look();
    for (const char* odd : kOddCards) {
        at.camera->see(odd);
        REQUIRE(at.visit.arrives("scan_citizen_card_doubtful"));
        CHECK(says(at.visit, "không khớp nhau"));
        for (const char* of : {"Lan", "1234", "Trãi", "1990"}) CHECK_FALSE(says(at.visit, of));
        at.visit.robot().tap("again");
        REQUIRE(at.visit.arrives("scan_looking"));
    }
    at.camera->see(kOddCards[0]);
    REQUIRE(at.visit.arrives("scan_citizen_card_doubtful"));
    at.visit.robot().tap("type_name");
    REQUIRE(at.visit.arrives("feedback_field"));
    at.visit.robot().tap("field.thoat-nuoc");
    REQUIRE(at.visit.arrives("feedback_text"));
    at.onToWho();
    at.visit.robot().tap("who.named");
    CHECK(at.flow().draft().name.empty());
    at.flow().setName("Trần Văn Tám");

    // From the form itself, and by hand over it.
    at.visit.robot().reach("who.scan");
    REQUIRE(at.visit.arrives("scan_looking"));
    at.camera->see(kOddCards[1]);
    REQUIRE(at.visit.arrives("scan_citizen_card_doubtful"));
    at.visit.robot().tap("type_name");
    REQUIRE(at.visit.arrives("feedback_who"));
    at.handScan("079190001234||Nguyen Thi Lan|15051991|Nu|12 Nguyen Trai|10052021");
    REQUIRE(at.visit.arrives("scan_citizen_card_doubtful"));
    at.visit.robot().tap("type_name");
    REQUIRE(at.visit.arrives("feedback_who"));
    CHECK(at.flow().draft().name.reveal() == "Trần Văn Tám");
}

}  // namespace tram::ui::test
