#include "identity/ScannedText.h"

#include <catch2/catch.hpp>
#include <iostream>
#include <random>

#include "tests/support/FakeClock.h"

using namespace tram;
using namespace tram::identity;

namespace {

const test::FakeClock fakeClock;
Scanned read(const std::string& text, const ScanRules& by) {
    return readScanned(text, by, fakeClock.wall());
}
const ScanRules& rules() {
    static const auto made = [] {
        ScanRules::Settings settings;
        settings.governmentHosts = {"dichvucong.gov.vn", "hochiminhcity.gov.vn"};
        settings.phoneBaseUrl = "https://tram.example.vn/";
        return ScanRules::make(std::move(settings)).value();
    }();
    return made;
}
std::string kind(const std::string& text) {
    return std::string(kindName(read(text, rules())));
}
/// The dossier's code, or the kind.
std::string dossier(const std::string& text) {
    const auto scanned = read(text, rules());
    const auto* code = std::get_if<DossierCode>(&scanned);
    return code ? code->text : std::string(kindName(scanned));
}
/// "CODE" or "CODE secret", or the kind.
std::string report(const std::string& text) {
    const auto scanned = read(text, rules());
    const auto* code = std::get_if<ReportCode>(&scanned);
    if (!code) return std::string(kindName(scanned));
    return code->code.symbols() + (code->receiptSecret.empty() ? "" : " " + code->receiptSecret.reveal());
}
const base::TrackingCode& tracking() {
    static const auto made = *base::TrackingCode::make("K7M", "3Q9X2T");
    return made;
}
const std::string kSecret = "AAECAwQFBgcICQoLDA0ODw";

}  // namespace

TEST_CASE("a citizen card is read off its QR") {
    const auto scanned = read("079090001234||Nguyễn Văn An|02011990|Nam|Củ Chi|25042021||||\r\n", rules());
    REQUIRE(std::holds_alternative<CitizenCard>(scanned));
    CHECK(std::get<CitizenCard>(scanned).name.reveal() == "Nguyễn Văn An");
}

TEST_CASE("a card whose data do not agree is told from junk") {
    for (const char* card :
         {"079090001234||Nguyễn Văn An|02011991|Nam|Củ Chi|25042021",   // another year than in the number
          "079090001234||Nguyễn Văn An|02011990|Nữ|Củ Chi|25042021",    // another sex
          "079290001234||Nguyễn Văn An|02011990|Nam|Củ Chi|25042021",   // another century
          "079090001234||Nguyễn Văn An|31021990|Nam|Củ Chi|25042021",   // no such day
          "079090001234||Nguyễn Văn An|02011990|Nam|Củ Chi|25042099",   // issued in the future
          "079090001234||Nguy?n V1n An|02011990|Nam|Củ Chi|25042021",   // a letter misread
          "079090001234|1|Nguyễn Văn An|02011990|Nam|Củ Chi|25042021",  // no old number
          "079090001234||Nguyễn Văn An|02011990|Nam||25042021",         // no address
          "07909000123||Nguyễn Văn An|02011990|Nam|Củ Chi|25042021",    // a digit lost
          "O79090001234||Nguyễn Văn An|02011990|Nam|Củ Chi|25042021||||",
          "079090001234||Nguyễn Văn An|0201199|Nam|Củ Chi|25042021",
          "079090001234||Nguyễn Văn An|02011990|N?m|Củ Chi|25042021"})
        CHECK(kind(card) == "citizen_card_doubtful");
    for (const std::string& none :
         {std::string("079090001234||Nguyễn Văn An|02011990|Nam|Củ Chi"), std::string("||||||"),
          std::string("079090001234||||||"), std::string("1|2|3|02011990|5|6|7"),
          std::string("a|b|c|d|Nam|f|g"), "079090001234||An|02011991|Nam|x|" + std::string(5000, '1'),
          std::string("079090001234||An\x1b[2J|02011991|Nam|x|25042021")})
        CHECK(kind(none) == "unknown");
}

TEST_CASE("dossier codes as they were seen are known") {
    for (const char* code : {"38.98.H29-210519-0013", "000.00.01.H29-260310-0420", "G09.20-20260609-0092637",
                             "H29.25-260310-0420", "H29-260310-0420"})
        CHECK(dossier(code) == code);
    CHECK(dossier("  h29.25-260310-0420\n") == "H29.25-260310-0420");
    CHECK(dossier("H29.25\u2013260310\u20140420") == "H29.25-260310-0420");
    for (const char* none : {"H29", "H29-260310", "H29-26031-0420", "29.H29-260310-04201234",
                             "H29.25-260310-0420-1", "H29.25-260310-0420 OR 1=1"})
        CHECK(kind(none) == "unknown");
}

TEST_CASE("a dossier's code is taken out of a government link, which is not opened") {
    const std::string code = "H29.25-260310-0420";
    for (const std::string& link :
         {"https://dichvucong.gov.vn/tra-cuu?ma=" + code, "https://dichvucong.gov.vn/hoso/" + code,
          "HTTPS://DichVuCong.gov.vn:443/hoso/" + code + "/?x=1",
          "https://hochiminhcity.gov.vn/#/tra-cuu/" + code,
          "https://dichvucong.gov.vn/?a=" + code + "&b=" + code,
          std::string("https://dichvucong.gov.vn/?ma=h29%2E25-260310-0420")})
        CHECK(dossier(link) == code);
    for (const std::string& link :
         {"http://dichvucong.gov.vn/?ma=" + code, "https://evil.example/?ma=" + code,
          "https://dichvucong.gov.vn.evil.example/?ma=" + code,
          "https://dichvucong.gov.vn@evil.example/?ma=" + code,
          "https://evil.example\\@dichvucong.gov.vn/?ma=" + code,
          "https://dichvucong.gov.vn:8443/?ma=" + code, "https://x.dichvucong.gov.vn/?ma=" + code,
          "ftp://dichvucong.gov.vn/" + code, "https://dichvucong.gov.vn/?a=" + code + "&b=H29.25-260310-0421",
          std::string("https://dichvucong.gov.vn/"), "https:///" + code,
          "javascript://dichvucong.gov.vn/%0a" + code})
        CHECK(dossier(link) == "unknown");
}

TEST_CASE("our own code and our own link are known") {
    CHECK(report(tracking().grouped()) == tracking().symbols());
    CHECK(report(tracking().symbols()) == tracking().symbols());
    CHECK(report(" " + tracking().grouped() + "\r\n") == tracking().symbols());
    const auto link = "https://tram.example.vn/t/" + tracking().symbols();
    CHECK(report(link) == tracking().symbols());
    CHECK(report(link + "#" + kSecret) == tracking().symbols() + " " + kSecret);
    CHECK(report(link + "?lang=en") == tracking().symbols());
    const auto appointment = "https://tram.example.vn/hen/" + tracking().symbols();
    CHECK(report(appointment) == tracking().symbols());
    CHECK(report(appointment + "?lang=en") == tracking().symbols());
    CHECK(report(appointment + "#" + kSecret) == "unknown");
    CHECK(report(link + "?lang=en#" + kSecret) == tracking().symbols() + " " + kSecret);
    for (const std::string& other : {link + "#short", link + "#" + kSecret + "A", link + "/x", link + "?x",
                                     link + "?lang=en&x", link + "?lang=en?lang=en", "http" + link.substr(5),
                                     "https://tram.example.vn.evil.example/t/" + tracking().symbols(),
                                     std::string("https://tram.example.vn/t/K7M3Q9X2TA"),
                                     std::string("https://tram.example.vn/d?code=BDFH-JKLM")})
        CHECK(report(other) == "unknown");
}

TEST_CASE("a telephone's ten digits are no tracking code") {
    int codes = 0;
    for (int i = 0; i < 64; ++i) codes += report("09012345" + std::to_string(10 + i)) != "unknown";
    CHECK(codes == 0);
}

TEST_CASE("a health-insurance card is told from a citizen's") {
    CHECK(kind("0797912345|4e677579e1bb856e2056c3a36e20416e|02/01/1990|1|50324b2033|79 - "
               "024|01/01/2026|-|x|$") == "health_insurance_card");
    CHECK(kind("GD4797912345678|4e6775|02/01/1990|1|5032|79 - 024|$") == "health_insurance_card");
    for (const char* none : {"0797912345|Nguyen|02/01/1990|1|5032|x", "0797912345|4e6|02/01/1990|1|5032|x",
                             "0797912345|4e67|02/01/1990|1", "123|4e67|x|1|5032", "||||||||"})
        CHECK(kind(none) == "unknown");
}

TEST_CASE("hostile texts are unknown and nothing else") {
    for (const std::string& text :
         {std::string(), std::string(4096, 'A'), std::string(5000, '9'), std::string(4096, '|'),
          std::string("\0", 1), std::string("H29-260310-0420\x1b[2J"),
          std::string("<script>alert(1)</script>"), std::string("../../../../etc/passwd"),
          std::string("'; DROP TABLE reports; --"), std::string("javascript:alert(1)"),
          std::string("WIFI:S:x;T:WPA;P:y;;"), std::string("\xFF\xFE|||||||"), std::string("upi://pay?pa=x"),
          std::string("00020101021138570010A000000727"), std::string("%00%0a"),
          std::string("https://dichvucong.gov.vn/?ma=%"), std::string("https://dichvucong.gov.vn/?ma=%4"),
          "https://dichvucong.gov.vn/" + std::string(4000, '/')})
        CHECK(kind(text) == "unknown");
}

TEST_CASE("patterns come from the configuration, and a wrong one is named") {
    ScanRules::Settings settings;
    settings.dossierPatterns = {"XX-\\d{3}"};
    const auto own = ScanRules::make(settings);
    REQUIRE(own);
    CHECK(kindName(read("xx-123", *own)) == "dossier_code");
    CHECK(kindName(read("H29-260310-0420", *own)) == "unknown");
    settings.dossierPatterns.emplace_back("((");
    const auto wrong = ScanRules::make(settings);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == base::ProblemKind::BadConfig);
    CHECK(wrong.error().fact("line") == "1");
}

TEST_CASE("any bytes may be scanned") {
    const auto seed = std::random_device{}();
    std::cout << "scanned text seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::string starts[] = {"079090001234||Nguyễn Văn An|02011990|Nam|Củ Chi|25042021",
                                  "https://dichvucong.gov.vn/?ma=H29.25-260310-0420", "H29.25-260310-0420"};
    for (int i = 0; i < 3000; ++i) {
        auto text = starts[random() % 3];
        for (unsigned n = random() % 6; n > 0; --n)
            text[random() % text.size()] = static_cast<char>(random());
        if (const auto scanned = read(text, rules()); std::holds_alternative<DossierCode>(scanned))
            REQUIRE(rules().dossiers().fits(std::get<DossierCode>(scanned).text));
    }
}

namespace {

/// "CODE" or "CODE secret", or the kind.
std::string slip(const std::string& text) {
    const auto scanned = read(text, rules());
    const auto* code = std::get_if<DossierCode>(&scanned);
    if (!code) return std::string(kindName(scanned));
    return code->text + (code->slipSecret.empty() ? "" : " " + code->slipSecret.reveal());
}
const std::string kTicket =
    wire::VisitToken{"27154", std::chrono::year(2026) / 11 / 21, crypto::Bytes(6, 1), crypto::Bytes(10, 2)}
        .text();

}  // namespace

TEST_CASE("a slip may carry a secret beside its code, as a link of ours or behind a bar") {
    const std::string code = "H29.25-260310-0420", secret = "lan-da_NHAN-0420";
    for (const auto& text :
         {"https://tram.example.vn/h/" + code + "#s=" + secret, code + "|" + secret,
          "https://tram.example.vn/h/" + code + "?lang=en#s=" + secret, "h29.25 – 260310 – 0420|" + secret}) {
        CAPTURE(text);
        CHECK(slip(text) == code + " " + secret);
    }
    CHECK(slip("https://tram.example.vn/h/" + code) == code);
    for (const char* bad : {"short", "", "has blanks in it", "ten<script>", "vi=1&x=12345678"})
        CHECK(slip(code + "|" + bad) == code);
    CHECK(slip(code + "|" + std::string(65, 'a')) == code);
    CHECK(slip("https://elsewhere.example/h/" + code + "#s=" + secret) == "unknown");
    CHECK(slip("nothing|" + secret) == "unknown");
    CHECK(slip(code + "|" + secret + "|x") == "unknown");
}

TEST_CASE("a ticket is read as our link or as its symbols, and only ours") {
    CHECK(kind("https://tram.example.vn/r/" + kTicket) == "visit_ticket");
    CHECK(kind("https://tram.example.vn/r/" + kTicket + "?lang=en") == "visit_ticket");
    CHECK(kind(kTicket) == "visit_ticket");
    CHECK(kind("https://elsewhere.example/r/" + kTicket) == "unknown");
    CHECK(kind("https://tram.example.vn/r/" + kTicket.substr(1)) == "unknown");
    const auto scanned = read(kTicket, rules());
    CHECK(std::get<VisitTicket>(scanned).token.ward == "27154");
}

TEST_CASE("a number of a queue is read by the link to its page, and only ours") {
    const std::string id = "0193a5c0-7b1e-7c3a-9f00-123456789abc", page = "https://tram.example.vn/l/";
    CHECK(kind(page + id) == "turn_number");
    CHECK(kind(page + id + "?lang=en") == "turn_number");
    CHECK(std::get<TurnNumber>(read(page + id, rules())).id == id);
    for (const auto& bad : {page, page + id.substr(1), page + id + "/x", "https://elsewhere.example/l/" + id,
                            page + "../v1/turns/" + id})
        CHECK(kind(bad) == "unknown");
}
