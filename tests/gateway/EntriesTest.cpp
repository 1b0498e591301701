// What a resident takes along from a kiosk: an entry's own page.
#include <httplib.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "CityPacks.h"
#include "PretendPhone.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;

namespace {

const std::string kMarkup = R"(<script>alert("1")</script> & 'Bé'</title>)";
const std::string kAsText =
    "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Bé&#39;&lt;/title&gt;";

base::WallTime hoursAgo(int hours) {
    return base::SystemClock().wall() - std::chrono::hours(hours);
}

std::string dayAgo(int days) {
    return base::toRfc3339(hoursAgo(24 * days)).substr(0, 10);
}

pack::Entry entry(const char* kind, const char* id, const std::string& title, const json& fields,
                  const char* ward = "") {
    return {kind, id, title, ward, {}, fields.dump(), "", 1};
}

pack::Entry birth(const std::string& title = "Đăng ký khai sinh") {
    return entry("procedure", "khai-sinh", title,
                 {{"collection", "thiet-yeu"},
                  {"level", "toan-trinh"},
                  {"papers", {"Tờ khai <b>", "Giấy chứng sinh"}},
                  {"steps", {"Nộp hồ sơ", "Nhận kết quả"}},
                  {"fee_counter", 8000},
                  {"fee_online", 0},
                  {"time", "01 ngày"},
                  {"where", kMarkup},
                  {"apply", "https://dichvucong.gov.vn/p?a=1&b='2'"}});
}

pack::Entry placed(pack::Entry entry) {
    entry.place = pack::Point{10.77, 106.68};
    return entry;
}

std::vector<pack::Entry> entries() {
    const auto survey =
        json::parse(base::readFile(TRAM_SOURCE_DIR "/resources/demo/city/survey_park.json").value());
    return {birth(),
            entry("clinic", "Tram.Y_te-1", kMarkup,
                  {{"type", "tram-y-te"},
                   {"insurance", "nhan"},
                   {"emergency", "khong"},
                   {"hours", "Mo-Fr 07:30-11:30,13:00-17:00"},
                   {"phone", "028 3829.2929"},
                   {"website", "javascript:alert(1)"}},
                  "27154"),
            placed(entry("pharmacy", "so-8", "Nhà thuốc", {{"hours", "24/7"}})),
            entry("event", "hom-nay", "Hội hoa", {{"starts", dayAgo(2)}, {"ends", dayAgo(0)}}),
            entry("event", "hom-qua", "Hội đèn", {{"starts", dayAgo(9)}, {"ends", dayAgo(2)}}),
            entry("survey", "cong-vien", "Công viên",
                  {{"about", "Hỏi ý kiến"}, {"until", "2090-01-01"}, {"form", survey.at("form").dump()}}),
            entry("ghost", "one", "Không có loại này", json::object())};
}

pack::Entry closure() {
    return entry("traffic-notice", "rao-chan", "Rào chắn",
                 {{"type", "ngap"}, {"where", "Đường A"}, {"starts", "2026-01-01"}, {"ends", "2090-01-01"}});
}

/// Takes what the city signs, as an operator does.
struct Publisher {
    LiveCity& city;
    SigningCity signers{};
    TempDir dir{};
    int version = 0;

    std::string file(const std::string& name, const std::string& bytes) const {
        std::ofstream(dir / name, std::ios::binary) << bytes;
        return (dir / name).string();
    }
    void publish(const std::map<std::string, std::pair<base::WallTime, std::vector<pack::Entry>>>& packs) {
        auto manifest = signers.manifest(++version);
        manifest.signedAt = hoursAgo(1);
        manifest.expires = hoursAgo(-100);
        manifest.packs.clear();
        std::vector<std::string> take = {"content", "take"};
        for (const auto& [name, made] : packs) {
            const auto path = dir / (name + std::to_string(version) + ".pack");
            REQUIRE(pack::writePack(path, {name, "Nguồn <i>", base::toRfc3339(made.first)}, made.second));
            const auto bytes = base::readFile(path, 64u << 20).value();
            manifest.packs.push_back(
                {name, crypto::sha256Hex(crypto::view(bytes)), static_cast<std::int64_t>(bytes.size())});
            take.push_back(path.string());
        }
        take.push_back(file("m" + std::to_string(version), cosign(manifest, signers)));
        if (version == 1) {
            auto root = signers.root();
            root.signedAt = hoursAgo(1);
            root.expires = hoursAgo(-100);
            take.insert(take.end(), {file("r", cosign(root, signers)), "--first-root"});
        }
        city.tool(take);
    }
};

}  // namespace

TEST_CASE("an entry's own page says what a kiosk shows, in both languages, and nothing in it is markup") {
    LiveCity city(LiveCity::Options{.demo = false});
    const auto get = [&](const std::string& path) { return city.send({.path = "/muc/" + path}); };
    CHECK(get("procedure/khai-sinh").status == 404);  // nothing is published yet
    Publisher publisher{city};
    publisher.publish({{"city", {hoursAgo(2), entries()}}, {"traffic", {hoursAgo(24 * 30), {closure()}}}});

    const auto birth = get("procedure/khai-sinh");
    REQUIRE(birth.status == 200);
    CHECK(birth.header("Cache-Control") == "public, max-age=60");
    CHECK(shows(birth, "<title>Đăng ký khai sinh – Trạm Công dân số</title>"));
    for (const auto* said :
         {"<h1 lang=\"vi\">Đăng ký khai sinh</h1>", "<dd>8.000 đồng</dd>", "<dd>Miễn phí</dd>",
          "<dd>Trực tuyến toàn trình</dd>", "<h2>Cần chuẩn bị</h2>",
          "<li><label><input type=\"checkbox\"><span>Tờ khai &lt;b&gt;</span></label></li>",
          "<ol class=\"steps\" lang=\"vi\"><li>Nộp hồ sơ</li>", "Nguồn: Nguồn &lt;i&gt; · cập nhật ",
          "<a href=\"https://dichvucong.gov.vn/p?a=1&amp;b=&#39;2&#39;\" rel=\"noopener noreferrer\">"
          "dichvucong.gov.vn</a>",
          "href=\"/muc/procedure/khai-sinh?lang=en\""}) {
        INFO(said);
        CHECK(shows(birth, said));
    }
    CHECK(shows(birth, "<dd lang=\"vi\">" + kAsText + "</dd>"));
    CHECK_FALSE(shows(birth, "<script"));
    CHECK_FALSE(shows(birth, "card notice"));
    const auto english = get("procedure/khai-sinh?lang=en");
    for (const auto* said : {"<html lang=\"en\">", "<dd>8,000 đồng</dd>", "<dd>Free of charge</dd>",
                             "<h2>What to bring</h2>", "<li>Nộp hồ sơ</li>", "· updated "})
        CHECK(shows(english, said));

    const auto clinic = get("clinic/Tram.Y_te-1");
    CHECK(shows(clinic, "<title>" + kAsText + " – "));
    CHECK(shows(clinic, "<h1 lang=\"vi\">" + kAsText + "</h1>"));
    CHECK(shows(clinic, "Cơ sở y tế · Phường Bàn Cờ"));
    CHECK(shows(clinic, "Từ thứ Hai đến thứ Sáu: 07:30–11:30, 13:00–17:00\n"));
    CHECK(shows(clinic, "<a href=\"tel:02838292929\" rel=\"noopener noreferrer\">028 3829.2929</a>"));
    CHECK_FALSE(shows(clinic, "javascript:"));
    CHECK_FALSE(shows(clinic, "Dẫn đường"));  // it has no place
    CHECK(shows(get("pharmacy/so-8"),
                "destination=10.770000,106.680000\" rel=\"noopener noreferrer\">Dẫn đường tới đây"));
    const auto survey = get("survey/cong-vien");
    CHECK(shows(survey, "Hỏi ý kiến"));
    CHECK_FALSE(shows(survey, "<form"));
    CHECK_FALSE(shows(survey, "hạng mục"));

    CHECK_FALSE(shows(get("event/hom-nay"), "card notice"));
    const auto over = get("event/hom-qua");
    CHECK(over.status == 200);
    CHECK(shows(over, "Mục này đã hết hạn"));
    CHECK(shows(over, "<h2>Thời gian, địa điểm</h2>"));
    CHECK(shows(get("event/hom-qua?lang=en"), "This is over"));
    const auto old = get("traffic-notice/rao-chan");
    CHECK(shows(old, "Thông tin đã cũ nên không hiện"));
    CHECK_FALSE(shows(old, "Đường A"));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what is not there is a page that is the same for every kind of nothing") {
    LiveCity city(LiveCity::Options{.demo = false});
    Publisher publisher{city};
    publisher.publish({{"city", {hoursAgo(2), entries()}}});
    const auto get = [&](const std::string& path, const char* method = "GET") {
        return city.send({.method = method, .path = "/muc/" + path});
    };
    const auto without = [](std::string page, const std::string& path) {
        const auto at = page.find(path);
        return at == page.npos ? page : page.erase(at, path.size());
    };
    const auto none = get("procedure/khai-tu");
    CHECK(none.status == 404);
    CHECK(none.header("Content-Type").starts_with("text/html"));
    CHECK(none.header("Cache-Control") == "no-store");
    CHECK(shows(none, "Không có mục này"));
    for (const std::string other : {"school/khai-sinh", "ghost/one", "x/y"})
        CHECK(without(get(other).body, other) == without(none.body, "procedure/khai-tu"));
    CHECK(shows(get("x/y?lang=en"), "There is nothing here"));

    // What is no name goes no further than nginx; past it the gateway says the same.
    const std::string longName(65, 'a');
    for (const std::string& odd : {std::string("Procedure/khai-sinh"), "procedure/" + longName,
                                   longName + "/x", std::string("procedure/a%20b"),
                                   std::string("procedure/%3Cb%3E"), std::string("procedure/khai-sinh/")}) {
        INFO(odd);
        const auto reply = city.send({.path = "/muc/" + odd, .outsideContract = true});
        CHECK(reply.status == 404);
        CHECK(reply.header("Content-Type") == "application/problem+json");
        httplib::Client behind("127.0.0.1", city.gatewayPort());
        const auto same = behind.Get("/muc/" + odd);
        REQUIRE(same);
        CHECK(same->status == 404);
        CHECK(same->body == reply.body);
    }
    CHECK(city.send({.path = "/muc/procedure/..", .outsideContract = true}).status == 404);
    CHECK(get("procedure/khai-sinh", "HEAD").status == 200);
    CHECK(get("procedure/khai-sinh", "POST").status == 405);
    CHECK(city.logs().find("/muc/{kind}/{id}") != std::string::npos);
    CHECK(city.logs().find("khai-sinh") == std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("pages follow what is published while they are read") {
    LiveCity city(LiveCity::Options{.demo = false});
    Publisher publisher{city};
    publisher.publish({{"city", {hoursAgo(2), {birth("Bản một")}}}});
    const auto page = [&] { return city.send({.path = "/muc/procedure/khai-sinh"}); };
    REQUIRE(shows(page(), "Bản một"));
    std::atomic<bool> ended{false};
    std::atomic<int> wrong{0};
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 4; ++reader)
        readers.emplace_back([&] {
            for (int turn = 0; turn < 40 && !ended; ++turn) {
                const auto seen = page();
                if (!shows(seen, "Bản một") && !shows(seen, "Bản hai")) ++wrong;
            }
        });
    publisher.publish({{"city", {hoursAgo(1), {birth("Bản hai")}}}});
    ended = true;
    for (auto& reader : readers) reader.join();
    CHECK(wrong == 0);
    CHECK(shows(page(), "Bản hai"));
    publisher.publish({{"city", {hoursAgo(1), {entry("event", "x", "Khác", {{"starts", dayAgo(1)}})}}}});
    CHECK(page().status == 404);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a kind that is added, changed or broken later counts from then on, and costs no other a page") {
    const TempDir share;
    for (const auto& entry : std::filesystem::directory_iterator(TRAM_BINARY_DIR "/share/tram"))
        if (entry.path().filename() != "catalogue")
            std::filesystem::create_symlink(entry.path(), share / entry.path().filename().string());
    std::filesystem::copy(TRAM_BINARY_DIR "/share/tram/catalogue", share / "catalogue",
                          std::filesystem::copy_options::recursive);
    const auto kinds = share / "catalogue/kinds";
    const auto put = [&](const char* name, const std::string& text) {
        REQUIRE(base::writeFileAtomically(kinds / name, text, 0644));
    };
    put("market.json", "{");  // before the start: the gateway serves what it can read
    LiveCity city(LiveCity::Options{.demo = false, .share = share.path()});
    CHECK(city.logs().find("kind_not_readable") != std::string::npos);
    CHECK(city.logs().find("file=market") != std::string::npos);
    Publisher publisher{city};
    publisher.publish({{"city", {hoursAgo(2), entries()}}});
    const auto page = [&](const char* of) { return city.send({.path = std::string("/muc/") + of}); };
    CHECK(page("procedure/khai-sinh").status == 200);
    CHECK(page("ghost/one").status == 404);

    auto ghost = json::parse(base::readFile(kinds / "guide.json").value());
    ghost["kind"] = "ghost";
    ghost["name"]["vi"] = "Loại mới";
    put("ghost.json", ghost.dump());
    REQUIRE(page("ghost/one").status == 200);
    CHECK(shows(page("ghost/one"), "Loại mới"));
    ghost["name"]["vi"] = "Loại sửa";
    put("ghost.json", ghost.dump());
    CHECK(shows(page("ghost/one"), "Loại sửa"));
    put("ghost.json", R"({"kind": "ghost"})");
    CHECK(page("ghost/one").status == 404);
    CHECK(page("procedure/khai-sinh").status == 200);
    CHECK(city.logs().find("file=ghost") != std::string::npos);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
