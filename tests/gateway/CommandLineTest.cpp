#include <catch2/catch.hpp>
#include <csignal>

#include "LiveCity.h"

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
