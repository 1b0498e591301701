// `tram scan`: what stands on a line, and by which rules a text gets its kind.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>
#include <sstream>

#include "base/Files.h"
#include "base/TrackingCode.h"
#include "scan/SymbolWriter.h"
#include "tests/gateway/LiveCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
using scan::Symbology;

namespace {

constexpr const char* kCard =
    "079185000001|024000001|Nguyễn Thị Thử Nghiệm|12031985|Nữ|1 Đường Thử, Phường Bàn Cờ|01062021";
constexpr const char* kDossier = "H29.26-20261109-0012345";
constexpr const char* kInsurance = "0123456789|4e677579e1bb856e|12/03/1985|2|48c3a020|";

struct Said {
    std::string out;
    int exit = 0;
};

/// A folder of pictures, and the tool that is asked about them.
struct Desk {
    test::TempDir dir;
    std::string draw(const std::string& name, const std::string& text,
                     Symbology symbology = Symbology::Qr) const {
        cv::imwrite((dir / name).string(), scan::drawSymbol(symbology, text, 4));
        return (dir / name).string();
    }
    /// Side by side; the second is a QR code.
    std::string drawBoth(const std::string& text, Symbology symbology, const std::string& other) const {
        cv::Mat both(500, 1300, CV_8U, cv::Scalar(255));
        int at = 20;
        for (const auto& symbol :
             {scan::drawSymbol(symbology, text, 3), scan::drawSymbol(Symbology::Qr, other, 4)}) {
            symbol.copyTo(both(cv::Rect(at, 40, symbol.cols, symbol.rows)));
            at += symbol.cols + 60;
        }
        cv::imwrite((dir / "both.png").string(), both);
        return (dir / "both.png").string();
    }
    /// Both streams, so that what should not be said is missed nowhere.
    Said ask(const std::vector<std::string>& arguments) const {
        std::vector<std::string> argv{"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_TOOL, "scan"};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        Said said;
        said.out = test::runAndRead(argv, said.exit);
        return said;
    }
    std::string config(const nlohmann::json& scan, const std::string& url = "http://127.0.0.1:9") const {
        const nlohmann::json config{{"demo", true},
                                    {"gateway_url", url},
                                    {"data_dir", (dir / "data").string()},
                                    {"runtime_dir", (dir / "run").string()},
                                    {"scan", scan}};
        std::ofstream(dir / "kiosk.json") << config.dump();
        return (dir / "kiosk.json").string();
    }
};

}  // namespace

TEST_CASE("tram scan says what each text is, and the text as it stands in the code") {
    const Desk desk;
    const auto [text, kind] = GENERATE(table<std::string, std::string>({
        {kCard, "citizen_card"},
        {kDossier, "dossier_code"},
        {"https://dichvucong.gov.vn/?ma=H29.26-20261109-0012345", "unknown"},  // no host is known by default
        {kInsurance, "health_insurance_card"},
        {"https://example.org/", "unknown"},
        {"0901234567", "unknown"},
    }));
    CAPTURE(text);
    const auto said = desk.ask({desk.draw("a.png", text)});
    CHECK(said.out == kind + " " + text + "\n");
    CHECK(said.exit == 0);
}

TEST_CASE("tram scan knows a report's code by its check symbol") {
    const Desk desk;
    const auto code = base::TrackingCode::make("K7M", "3Q9X2T");
    REQUIRE(code);
    CHECK(desk.ask({desk.draw("a.png", code->grouped())}).out == "report_code " + code->grouped() + "\n");
}

TEST_CASE("tram scan of a dossier's bar code names its kind, not its symbology") {
    const Desk desk;
    const auto file = desk.draw("a.png", kDossier, Symbology::Code128);
    CHECK(desk.ask({file}).out == std::string("dossier_code ") + kDossier + "\n");
    const auto line = nlohmann::json::parse(desk.ask({"--json", file}).out);
    CHECK(line == nlohmann::json{
                      {"file", file},
                      {"codes", {{{"kind", "dossier_code"}, {"symbology", "code128"}, {"text", kDossier}}}},
                      {"several", false}});
}

TEST_CASE("tram scan tells every code of a picture, and that a kiosk takes none of two") {
    const Desk desk;
    const auto report = base::TrackingCode::make("K7M", "3Q9X2T")->grouped();
    const auto lines = [&](const std::string& left, Symbology symbology, const std::string& right) {
        auto out = desk.ask({desk.drawBoth(left, symbology, right)}).out;
        std::vector<std::string> all;
        for (std::istringstream from(out); std::getline(from, out);) all.push_back(out);
        std::ranges::sort(all);
        return all;
    };
    using Lines = std::vector<std::string>;
    CHECK(lines(kDossier, Symbology::Qr, report) ==
          Lines{std::string("dossier_code ") + kDossier, "report_code " + report, "several"});
    // What a slip has: the same dossier's code twice, or beside somebody else's QR code.
    CHECK(lines(kDossier, Symbology::Code128, kDossier) == Lines(2, std::string("dossier_code ") + kDossier));
    CHECK(lines(kDossier, Symbology::Code128, "https://example.org/") ==
          Lines{std::string("dossier_code ") + kDossier, "unknown https://example.org/"});
    const auto json =
        nlohmann::json::parse(desk.ask({"--json", desk.drawBoth(kDossier, Symbology::Qr, report)}).out);
    CHECK(json["several"] == true);
    CHECK(json["codes"].size() == 2);
}

TEST_CASE("tram scan of a card whose data do not agree says that it looks like one") {
    const Desk desk;
    const std::string odd =
        "079185000001|024000001|Nguyễn Thị Thử Nghiệm|12031985|Nam|1 Đường Thử, Phường Bàn Cờ|01062021";
    CHECK(desk.ask({desk.draw("a.png", odd)}).out == "citizen_card_doubtful " + odd + "\n");
}

TEST_CASE("tram scan says nothing of a picture without a code, and names the files of several") {
    const Desk desk;
    const std::string photo = TRAM_SOURCE_DIR "/resources/demo/pictures/nap-cong-vo.jpg";
    CHECK(desk.ask({photo}).out == "nothing\n");
    CHECK(nlohmann::json::parse(desk.ask({"--json", photo}).out)["codes"].empty());
    const auto card = desk.draw("a.png", kCard);
    CHECK(desk.ask({photo, card}).out == photo + ": nothing\n" + card + ": citizen_card " + kCard + "\n");
}

TEST_CASE("tram scan goes by the rules of the configuration it is given") {
    const Desk desk;
    const auto config =
        desk.config({{"dossier_patterns", {"HS-\\d{4}"}}, {"government_hosts", {"dvc.example.vn"}}});
    const auto kindOf = [&](const std::string& text) {
        const auto out = desk.ask({desk.draw("a.png", text), "--config", config}).out;
        return out.substr(0, out.find(' '));
    };
    CHECK(kindOf("HS-2026") == "dossier_code");
    CHECK(kindOf("https://dvc.example.vn/tra-cuu?ma=HS-2026") == "dossier_code");
    CHECK(kindOf("https://dvc.example.org/tra-cuu?ma=HS-2026") == "unknown");
    CHECK(kindOf(kDossier) == "unknown");  // the station's patterns take the place of ours
}

TEST_CASE("tram scan knows the links on receipts of the station that is enrolled") {
    const Desk desk;
    test::LiveCity city;
    const auto config = desk.config(nlohmann::json::object(), city.url());
    int exit = 0;
    test::runAndRead({TRAM_TOOL, "enrol", "--config", config, "--code", city.enrolmentCode()}, exit);
    REQUIRE(exit == 0);
    const auto answer = desk.dir / "data/enrolment.json";
    const auto enrolment = nlohmann::json::parse(base::readFile(answer).value());
    const auto link = enrolment.at("public_url").get<std::string>() + "/t/" +
                      base::TrackingCode::make("K7M", "3Q9X2T")->symbols();
    const auto file = desk.draw("a.png", link);
    CHECK(desk.ask({file, "--config", config}).out == "report_code " + link + "\n");
    // Whose it is cannot be known without: a hint says so, once, and only of what may be a receipt's.
    const auto plain = desk.ask({"--lang", "en", file, file});
    CHECK(plain.out.find("unknown " + link) != plain.out.npos);
    const auto hint = plain.out.find("add --config");
    REQUIRE(hint != plain.out.npos);
    CHECK(plain.out.find("add --config", hint + 1) == plain.out.npos);
    CHECK(desk.ask({desk.draw("b.png", "https://a.vn/t/x")}).out == "unknown https://a.vn/t/x\n");

    // The key is the kiosk's own, and root may be asking.
    if (geteuid() == 0) REQUIRE(chown((desk.dir / "data/kiosk.key").c_str(), 1, 1) == 0);
    CHECK(desk.ask({file, "--config", config}).out == "report_code " + link + "\n");
    std::filesystem::permissions(desk.dir / "data/kiosk.key", std::filesystem::perms(0644));
    CHECK(desk.ask({file, "--config", config}).out == "report_code " + link + "\n");

    std::ofstream(answer) << "torn";
    const auto torn = desk.ask({"--lang", "en", file, "--config", config});
    CHECK(torn.out.starts_with("Links on receipts are taken for unknown ones: "));
    CHECK(torn.out.find("enrolment.json") != torn.out.npos);
    CHECK(torn.out.ends_with("unknown " + link + "\n"));
    CHECK(torn.exit == 0);
}

TEST_CASE("tram scan with a configuration that is not there reads nothing by other rules") {
    const Desk desk;
    const auto said = desk.ask({desk.draw("a.png", kCard), "--config", (desk.dir / "absent.json").string()});
    CHECK(said.exit == 1);
    CHECK(said.out.find("citizen_card") == std::string::npos);
    CHECK(said.out.find("Thử Nghiệm") == std::string::npos);
}

TEST_CASE("tram scan says of a file that cannot be read why, and goes on with the next") {
    const Desk desk;
    std::ofstream(desk.dir / "text.png") << "not a picture";
    const auto card = desk.draw("a.png", kCard);
    const auto said = desk.ask(
        {"--lang", "en", (desk.dir / "text.png").string(), (desk.dir / "absent.png").string(), card});
    CHECK(said.exit == 1);
    CHECK(said.out.find("text.png: The picture cannot be read.") != std::string::npos);
    CHECK(said.out.find("absent.png: No such file:") != std::string::npos);
    CHECK(said.out.find(std::string("citizen_card ") + kCard) != std::string::npos);
}

TEST_CASE("what would move a terminal's cursor is told, not done") {
    const Desk desk;
    const std::string text = "a\x1b[2Jb\tc";
    const auto file = desk.draw("a.png", text);
    CHECK(desk.ask({file}).out == "unknown a\\x1B[2Jb\\x09c\n");
    CHECK(nlohmann::json::parse(desk.ask({"--json", file}).out)["codes"][0]["text"] == text);

    // C1 and bidirectional controls, as UTF-8.
    const std::string hidden = "x\u009b31m\u202ey";
    const auto second = desk.draw("b.png", hidden);
    CHECK(desk.ask({second}).out == "unknown x\\u{9B}31m\\u{202E}y\n");
    const auto json = desk.ask({"--json", second}).out;
    CHECK(json.find("\xC2\x9B") == json.npos);
    CHECK(nlohmann::json::parse(json)["codes"][0]["text"] == hidden);

    // And file names: a line of its own, a colour.
    const auto named = desk.draw("n\nunknown \x1b[31mfake.png", kCard);
    const auto both = desk.ask({named, second}).out;
    CHECK(both.find("\\x0Aunknown \\x1B[31mfake.png: citizen_card") != both.npos);
    const auto absent = desk.ask({(desk.dir / "gone\x1b[2J.png").string()}).out;
    CHECK(absent.find('\x1b') == absent.npos);
}
