#include "identity/Meant.h"

#include <catch2/catch.hpp>

#include "tests/support/FakeClock.h"

using namespace tram;
using namespace tram::identity;

namespace {

constexpr const char* kCard = "079190001234||Nguyễn Thị Lan|15051990|Nữ|12 Nguyễn Trãi|10052021";
constexpr const char* kOtherCard = "079090001234||Nguyễn Văn An|02011990|Nam|Củ Chi|25042021";
constexpr const char* kDoubtful = "079190001234||Nguyễn Thị Lan|15051990|Nam|12 Nguyễn Trãi|10052021";
constexpr const char* kDossier = "H29.25-260310-0420";
constexpr const char* kDossierLink = "https://dichvucong.gov.vn/tra-cuu?ma=H29.25-260310-0420";
constexpr const char* kInsurance = "0797912345|4e67|02/01/1990|1|5032|79 - 024|01/01/2026|-|x|$";
constexpr const char* kReport = "K7M3Q9X2TW";
const std::string kReceipt = "https://tram.example.vn/t/K7M3Q9X2TW";
const std::string kSecret = "#AAECAwQFBgcICQoLDA0ODw", kOtherSecret = "#AQECAwQFBgcICQoLDA0ODw";

Meant meant(const std::vector<std::string>& texts) {
    static const auto rules =
        ScanRules::make({.governmentHosts = {"dichvucong.gov.vn"}, .phoneBaseUrl = "https://tram.example.vn"})
            .value();
    std::vector<Scanned> read;
    for (const auto& text : texts) read.push_back(readScanned(text, rules, tram::test::FakeClock().wall()));
    return whatIsMeant(std::move(read));
}
/// "several", "nothing", or the kind.
std::string verdict(const std::vector<std::string>& texts) {
    const auto found = meant(texts);
    CHECK((!found.several || !found.one));
    return found.several ? "several" : found.one ? std::string(kindName(*found.one)) : "nothing";
}

}  // namespace

TEST_CASE("one text is meant, none is nothing") {
    CHECK(verdict({}) == "nothing");
    CHECK(verdict({kCard}) == "citizen_card");
    CHECK(verdict({"https://elsewhere.example"}) == "unknown");
}

TEST_CASE("two that mean different things: neither, of whatever kinds, in whatever order") {
    const std::vector<std::string> different{kCard,      kOtherCard,           kDoubtful, kDossier,
                                             kInsurance, "H29.25-260310-0421", kReport};
    for (const auto& one : different)
        for (const auto& other : different) {
            CAPTURE(one, other);
            if (one != other) CHECK(verdict({one, other}) == "several");
        }
    CHECK(verdict({kReceipt + kSecret, kReceipt + kOtherSecret}) == "several");
    CHECK(verdict({kReceipt + kSecret, kReport, kReceipt + kOtherSecret}) == "several");
    CHECK(verdict({kDossier, kDossier, kReport}) == "several");
}

TEST_CASE("two that mean the same are one") {
    CHECK(verdict({kDossier, "h29.25-260310-0420", kDossierLink}) == "dossier_code");
    CHECK(verdict({kCard, std::string(kCard) + "||||"}) == "citizen_card");
    CHECK(verdict({kInsurance, std::string(kInsurance) + "x"}) == "health_insurance_card");
    CHECK(verdict({kDoubtful, std::string(kDoubtful) + "|"}) == "citizen_card_doubtful");
    CHECK(verdict({"https://a.example", "https://b.example"}) == "unknown");
}

TEST_CASE("of a report's codes the one that brings the secret is meant") {
    for (const auto& texts : {std::vector{std::string(kReport), kReceipt + kSecret},
                              std::vector{kReceipt + kSecret, std::string(kReport)},
                              std::vector{kReceipt, kReceipt + kSecret, std::string(kReport)}}) {
        const auto found = meant(texts);
        REQUIRE(found.one);
        CHECK("#" + std::get<ReportCode>(*found.one).receiptSecret.reveal() == kSecret);
    }
}

TEST_CASE("a code that is none of ours stands in no one's way") {
    const std::string payment = "00020101021138570010A000000727";
    CHECK(verdict({payment, kDossier}) == "dossier_code");
    CHECK(verdict({kDossier, "", payment}) == "dossier_code");
    CHECK(verdict({payment, kDossier, kReport}) == "several");
}

TEST_CASE("a slip's code beside its own link with the secret is one, and the link is meant") {
    const std::string link = "https://tram.example.vn/h/H29.25-260310-0420#s=lan-da-nhan";
    for (const auto& texts : {std::vector<std::string>{kDossier, link}, {link, kDossier}}) {
        const auto found = meant(texts);
        REQUIRE(found.one);
        CHECK(std::get<DossierCode>(*found.one).slipSecret.reveal() == "lan-da-nhan");
    }
    CHECK(verdict({link, "H29.25-260310-0420|other-secret"}) == "several");
}
