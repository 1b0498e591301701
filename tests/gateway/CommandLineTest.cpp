#include <catch2/catch.hpp>
#include <csignal>

#include "KeyTools.h"
#include "LiveCity.h"
#include "PretendKiosk.h"
#include "crypto/Bytes.h"

using namespace tram;
using namespace tram::test;

namespace {

/// What it wrote, both streams, and how it ended.
struct Ended {
    int code = 0;
    std::string text;
};

Ended run(const std::vector<std::string>& arguments) {
    std::vector<std::string> argv = {"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_GATEWAY};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    Ended ended;
    ended.text = runAndRead(argv, ended.code);
    return ended;
}

Ended enrolCode(const LiveCity& city, const std::string& ward, const std::string& station) {
    return run({"enrol-code", "--data", city.dataDir().string(), "--ward", ward, "--station", station});
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("only serve makes a gateway") {
    TempDir dir;
    const std::vector<std::vector<std::string>> operations = {
        {"enrol-code", "--ward", "27154", "--station", "Trạm"},
        {"kiosks"},
        {"revoke", "0190d3a0-0000-7000-8000-000000000000"},
        {"quarantine", "list"},
        {"quarantine", "retry", "--all"},
        {"forget", "--code", "K7M-3Q9-X2T-W"},
        {"backup", "--to", (dir / "backups").string()},
        {"content", "show"},
        {"content", "take", "root.json"},
        {"restored"}};
    std::filesystem::create_directory(dir / "empty");
    std::filesystem::permissions(dir / "empty", std::filesystem::perms(0755));
    for (const auto* name : {"absent", "empty"})
        for (auto arguments : operations) {
            arguments.insert(arguments.end(), {"--data", (dir / name).string()});
            const auto ended = run(arguments);
            INFO(arguments[0] << " at " << name << ": " << ended.text);
            CHECK(ended.code == 1);
            CHECK(has(ended.text, "file_missing path=" + (dir / name).string()));
            CHECK(has(ended.text, "only serve makes one"));
        }
    CHECK_FALSE(std::filesystem::exists(dir / "absent"));
    CHECK(std::filesystem::is_empty(dir / "empty"));
    CHECK(std::filesystem::status(dir / "empty").permissions() == std::filesystem::perms(0755));
}

TEST_CASE("what is wrong is said in words, in the language that is asked for") {
    TempDir dir;
    const auto data = (dir / "absent").string(), store = data + "/gateway.db";
    const auto said = [&](std::vector<std::string> arguments, const char* lang = "vi") {
        arguments.insert(arguments.end(), {"--lang", lang});
        return run(arguments).text;
    };
    CHECK(said({"kiosks", "--data", data}) ==
          "tram-gateway: Không có tệp hay thư mục: " + store +
              ". Cần: thư mục dữ liệu của một cổng; chỉ lệnh serve tạo ra thư mục ấy. [file_missing path=" +
              store + " expected=the data directory of a gateway; only serve makes one]\n");
    CHECK(said({"kiosks", "--data", data}, "en")
              .starts_with("tram-gateway: There is no such file or directory: "));
    CHECK(has(said({"kiosks"}), "Cấu hình chưa đúng: data_dir. Cần: đường dẫn. [bad_config"));
    CHECK(has(said({}), "Thiếu lệnh"));
    CHECK(has(said({"alerts", "approve", "x"}), "--by"));
    CHECK(has(said({"kiosks", "--colour"}, "en"), "no such command or option: --colour"));
    CHECK(run({"kiosks", "--lang", "fr"}).code != 0);
}

TEST_CASE("numbers are whole where parts mean nothing, and a city says how long it keeps what") {
    TempDir dir;
    const auto serve = [&](const std::string& more) {
        const auto file = dir / "gateway.json";
        FILE* out = fopen(file.c_str(), "w");
        fputs(
            ("{\"data_dir\":\"" + (dir / "data").string() + "\",\"public_url\":\"https://x.vn\"" + more + "}")
                .c_str(),
            out);
        fclose(out);
        return run({"serve", "--config", file.string()});
    };
    const std::pair<const char*, const char*> wrong[] = {
        {R"("kiosk_quota_bytes":1.5)", "key=kiosk_quota_bytes expected=whole number, 1 to "},
        {R"("kiosk_quota_bytes":1e9)", "key=kiosk_quota_bytes"},
        {R"("kiosk_quota_bytes":-1)", "key=kiosk_quota_bytes"},
        {R"("kiosk_quota_bytes":"1")", "key=kiosk_quota_bytes"},
        {R"("budgets":{"misses_per_address":2.5})", "expected=whole number"},
        {R"("budgets":{"misses_per_prefix":4294967296})", "expected=whole number"},
        {R"("budgets":{"window_s":0.5})", "expected=whole number, 1 to 86400"},
        {R"("retention":{"envelopes_days":1.5})", "expected=whole number, 1 to 36500"},
        {R"("retention":{"envelopes_days":0})", "expected=whole number, 1 to 36500"},
        {R"("retention":{"days":1})", "no such key"},
        {R"("retention":30)", "key=retention expected=object"},
        {R"("dossiers":{"patterns":["(("]})", "key=dossiers expected=list of regular expressions"},
        {R"("dossiers":{"sauce":"x"})", "key=dossiers expected=no such key"},
        {R"("dossiers":{"source":"demo"},"retention":{"envelopes_days":30,"closed_reports_days":30,"delivered_attachments_days":30})",
         "key=dossiers.source expected=a mapping file"},
        {R"("surveys":{"batch":0})", "key=surveys expected=whole number, 1 to 1000"},
        {R"("surveys":{"late_days":0.5})", "key=surveys expected=whole number, 1 to 36500"},
        {R"("surveys":{"batch":1},"retention":{"envelopes_days":30,"closed_reports_days":30,"delivered_attachments_days":30})",
         "key=surveys.batch expected=2 or more"},
        {R"("retention":{"envelopes_days":30,"closed_reports_days":30})",
         "key=retention expected=delivered_attachments_days"}};
    for (const auto& [config, said] : wrong) {
        const auto ended = serve(std::string(",") + config);
        INFO(config << ": " << ended.text);
        CHECK(ended.code == 78);
        CHECK(has(ended.text, "bad_config"));
        CHECK(has(ended.text, said));
    }
    CHECK(has(serve("").text,
              "bad_config key=retention expected=delivered_attachments_days, closed_reports_days and"));
    CHECK_FALSE(std::filesystem::exists(dir / "data"));
}

TEST_CASE("enrol-code makes no keys where they are lost") {
    LiveCity city;
    const auto identity = city.dataDir() / "keys" / "identity.key";
    REQUIRE(std::filesystem::remove(identity));
    const auto ended = enrolCode(city, "27154", "Trạm");
    INFO(ended.text);
    CHECK(ended.code == 1);
    CHECK(has(ended.text, "key_missing"));
    CHECK_FALSE(std::filesystem::exists(identity));
}

TEST_CASE("one gateway at a time serves a data directory") {
    LiveCity city;
    const std::vector<std::string> second = {"serve",       "--demo", "--listen",
                                             "127.0.0.1:0", "--data", city.dataDir().string()};
    const auto refused = run(second);
    INFO(refused.text);
    CHECK(refused.code == 75);
    CHECK(has(refused.text, "store_busy path=" + (city.dataDir() / "gateway.lock").string()));
    CHECK(has(refused.text, "no other gateway"));
    CHECK(city.send({.path = "/healthz"}).status == 200);
    CHECK(city.tool({"kiosks"}).empty());  // subcommands work beside it

    REQUIRE(city.stopGateway(SIGKILL) == -SIGKILL);  // a crash leaves nothing held
    city.startGateway();
    CHECK(city.send({.path = "/healthz"}).status == 200);
}

TEST_CASE("enrol-code takes a ward of five digits and a name that people can read") {
    LiveCity city;
    for (const auto* ward : {"", "2715", "271540", "2715a", "２７１５４", " 27154", "27154\n"}) {
        const auto ended = enrolCode(city, ward, "Trạm");
        INFO(ward << ": " << ended.text);
        CHECK(ended.code == 1);
        CHECK(has(ended.text, "out_of_range key=ward expected=five digits"));
    }
    std::string sixty, marked;
    for (int i = 0; i < 60; ++i) sixty += "ộ";
    for (int i = 0; i < 60; ++i) marked += "b\u0323\u0323";  // 60 characters, 300 bytes: no kiosk takes it
    for (const std::string& name : {std::string(), std::string(" \t\x01\u202e"), sixty + "ộ", marked}) {
        const auto ended = enrolCode(city, "27154", name);
        INFO(name << ": " << ended.text);
        CHECK(ended.code == 1);
        CHECK(has(ended.text, "out_of_range key=station expected=a name of 1 to 60 characters"));
    }
    CHECK(enrolCode(city, "27154", sixty).code == 0);
}

TEST_CASE("what an operator did stands in the log of the gateway that serves") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto report = kiosk.report();
    REQUIRE(kiosk.verdict(report.envelope) == "accepted");
    const auto logged = [&](const std::string& line) {
        return eventually([&] { return has(city.logs(), " info gateway operator.act act=" + line); });
    };
    TempDir backups;
    const auto hash = crypto::sha256Hex(crypto::view(report.id.text())).substr(0, 32);
    const auto fresh = city.tool({"keys", "rotate"}).substr(0, 16);

    CHECK(logged("enrol_code outcome=done at="));
    CHECK(logged("keys_rotate key=" + fresh + " outcome=done"));
    CHECK(has(city.tool({"keys", "retire", fresh}), "sealing key " + fresh + " is retired"));
    CHECK(logged("keys_retire key=" + fresh + " outcome=done"));
    city.tool({"keys", "retire", "0901234567"}, 1);  // whatever was typed: no id of a key, no line of it
    CHECK(logged("keys_retire key=? outcome=failed"));
    city.tool({"backup", "--to", backups.path().string()});
    CHECK(logged("backup outcome=done"));
    REQUIRE(eventually([&] { return kiosk.follow(report.code).status == 200; }));
    city.tool({"forget", "--code", report.code});
    CHECK(logged("forget id_hash=" + hash + " outcome=done"));
    city.tool({"forget", "--code", report.code}, 1);
    CHECK(logged("forget outcome=failed"));
    CHECK(has(city.tool({"revoke", kiosk.place.kioskId}), "kiosk " + kiosk.place.kioskId + " is revoked"));
    CHECK(logged("revoke kiosk=" + kiosk.place.kioskId + " outcome=done"));
    CHECK(has(city.tool({"revoke", "--stolen", kiosk.place.kioskId}), "tram-gateway release"));

    for (const auto& secret : {report.code, report.id.text(), report.secret, std::string("0901234567")})
        CHECK_FALSE(has(city.logs(), secret));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("what an operator did while nobody served is in the log of who serves next") {
    LiveCity city;
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    CHECK(has(city.tool({"restored"}), "once the gateway is started, kiosks offer again"));
    city.startGateway();
    CHECK(eventually([&] { return has(city.logs(), "operator.act act=restored outcome=done"); }));
}

TEST_CASE("restored is refused beside a gateway that serves") {
    LiveCity city;
    const auto before = city.send({.path = "/healthz"}).body.substr(0, 60);
    const auto refused = run({"restored", "--data", city.dataDir().string()});
    INFO(refused.text);
    CHECK(refused.code == 75);
    CHECK(has(refused.text, "store_busy path=" + (city.dataDir() / "gateway.lock").string()));
    CHECK(has(refused.text, "end it first"));
    CHECK(city.send({.path = "/healthz"}).body.substr(0, 60) == before);
}

TEST_CASE("restore takes its directory from a config, too") {
    LiveCity city;
    TempDir dir;
    city.tool({"backup", "--to", (dir / "backups").string()});
    const auto config = dir / "gateway.json";
    std::ofstream(config) << R"({"data_dir":")" << (dir / "data").string()
                          << R"(","public_url":"https://x.vn"})";
    const auto restored = run({"restore", "--from", (dir / "backups").string(), "--config", config.string()});
    INFO(restored.text);
    CHECK(restored.code == 0);
    CHECK(std::filesystem::exists(dir / "data" / "gateway.db"));
    const auto nowhere = run({"restore", "--from", (dir / "backups").string()});
    CHECK(nowhere.code == 78);
    CHECK(has(nowhere.text, "bad_config key=data_dir"));
}

TEST_CASE("a healthy answer to who asks every two seconds is no line of the log") {
    LiveCity city;
    CHECK(city.send({.path = "/healthz"}).status == 200);
    CHECK(city.send({.path = "/healthz?challenge=odd"}).status == 400);
    CHECK(eventually([&] { return has(city.logs(), "route=/healthz status=400"); }));
    CHECK_FALSE(has(city.logs(), "route=/healthz status=200"));
}

TEST_CASE("a file or directory that is no such thing is named, and no internal error") {
    LiveCity city;
    const auto serve = run({"serve", "--config", "/dev/ptmx/none"});
    CHECK(has(serve.text, "file_missing"));
    const auto device = run({"serve", "--config", "/proc/self/mem"});
    CHECK(has(device.text, "file_unreadable"));
    const auto backup = run({"backup", "--data", city.dataDir().string(), "--to", ""});
    CHECK(has(backup.text, "bad_config key=to"));
}
