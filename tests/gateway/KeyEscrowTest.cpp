// The keys out of the house: what an escrow holds, and to whom it is given back.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>

#include "FakeClock.h"
#include "KeyTools.h"
#include "LiveCity.h"
#include "base/Files.h"
#include "gateway/identity/GatewayKeys.h"
#include "gateway/identity/KeyEscrow.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using gateway::GatewayKeys;
using gateway::KeyEscrow;

namespace {

namespace fs = std::filesystem;

template <class T>
ProblemKind kindOf(const base::Result<T>& result) {
    REQUIRE_FALSE(result);
    return result.error().kind;
}

}  // namespace

TEST_CASE("an escrow holds every key, and gives back what is missing") {
    TempDir dir, empty;
    FakeClock clock;
    const auto now = clock.wall();
    auto keys = GatewayKeys::openOrCreate(dir / "keys", now);
    REQUIRE(keys);
    REQUIRE(keys->care(now + std::chrono::days(700)));
    const auto escrow = KeyEscrow::gather(dir / "keys");
    REQUIRE(escrow);
    CHECK(escrow->sealing.size() == 2);
    const auto read = KeyEscrow::parse(escrow->text());
    REQUIRE(read);
    CHECK(read->restore(empty / "keys", now).value() == 4);
    CHECK(read->restore(empty / "keys", now).value() == 0);

    auto back = GatewayKeys::open(empty / "keys", now);
    REQUIRE(back);
    CHECK(back->identity().verifyKey().text() == keys->identity().verifyKey().text());
    CHECK(back->content().verifyKey().text() == keys->content().verifyKey().text());
    CHECK(back->health(now).unescrowed == 0);
    for (const auto& info : keys->sealingKeys(now)) {
        const auto key = crypto::SealingKey::parse(info.key);
        REQUIRE(back->opening(key->id()));
        CHECK(back->opening(key->id())->open(key->seal(crypto::view("x"))));
    }
    for (const auto& entry : fs::directory_iterator(empty / "keys"))
        CHECK((entry.status().permissions() & fs::perms(0077)) == fs::perms::none);
}

TEST_CASE("an escrow is put beside no other gateway's keys, and over no good ones") {
    TempDir ours, theirs;
    FakeClock clock;
    REQUIRE(GatewayKeys::openOrCreate(ours / "keys", clock.wall()));
    REQUIRE(GatewayKeys::openOrCreate(theirs / "keys", clock.wall()));
    const auto escrow = KeyEscrow::gather(ours / "keys");
    REQUIRE(escrow);
    const auto before = base::readFile(theirs / "keys/sealing.json").value();
    CHECK(kindOf(escrow->restore(theirs / "keys", clock.wall())) == ProblemKind::Conflict);
    CHECK(base::readFile(theirs / "keys/sealing.json").value() == before);

    // Damaged files are moved aside, none is thrown away.
    fs::resize_file(ours / "keys/identity.key", 5);
    std::ofstream(ours / "keys/sealing.json") << "[{";
    CHECK(escrow->restore(ours / "keys", clock.wall()).value() == 1);
    CHECK(fs::file_size(ours / "keys/identity.key.damaged") == 5);
    CHECK(fs::exists(ours / "keys/sealing.json.damaged"));
    CHECK(GatewayKeys::open(ours / "keys", clock.wall()));
}

TEST_CASE("a store that lost its keys takes back its own only, and no other gateway serves it") {
    LiveCity city, other;
    TempDir safe;
    const auto passphrase = writeSecret(safe / "passphrase", kPassphrase).string();
    const auto theirs = (safe / "theirs").string(), ours = (safe / "ours").string();
    other.tool({"keys", "export", "--to", theirs, "--passphrase-file", passphrase});
    city.tool({"keys", "export", "--to", ours, "--passphrase-file", passphrase});
    REQUIRE(city.stopGateway(SIGTERM) == 0);
    REQUIRE(other.stopGateway(SIGTERM) == 0);
    fs::rename(city.dataDir() / "keys", safe / "lost");
    const auto import = [&](const std::string& escrow, int& code) {
        return runQuietly({"keys", "import", "--data", city.dataDir().string(), "--from", escrow,
                           "--passphrase-file", passphrase},
                          code);
    };
    int code = 0;
    CHECK(import(theirs, code).find("the gateway it belongs to, identity ") != std::string::npos);
    CHECK(code == 1);
    CHECK_FALSE(fs::exists(city.dataDir() / "keys/identity.key"));

    fs::copy(other.dataDir() / "keys", city.dataDir() / "keys", fs::copy_options::recursive);
    const auto said =
        runQuietly({"serve", "--demo", "--data", city.dataDir().string(), "--listen", "127.0.0.1:0"}, code);
    CHECK(said.find("the gateway it belongs to") != std::string::npos);
    CHECK(code == 1);
    fs::remove_all(city.dataDir() / "keys");
    import(ours, code);
    CHECK(code == 0);
    city.startGateway();
    CHECK(city.send({.path = "/healthz"}).status == 200);
}

TEST_CASE("what is no escrow is refused") {
    const auto bytes = [](const std::string& text) {
        return base::SecretBytes(crypto::Bytes(text.begin(), text.end()));
    };
    TempDir dir;
    REQUIRE(GatewayKeys::openOrCreate(dir / "keys", FakeClock().wall()));
    const auto good = KeyEscrow::gather(dir / "keys")->text();
    const std::string text(good.reveal().begin(), good.reveal().end());
    CHECK(KeyEscrow::parse(bytes(text)));
    for (std::size_t length = 0; length < text.size(); ++length)
        CHECK_FALSE((KeyEscrow::parse(bytes(text.substr(0, length))) && text[length - 1] != '\n'));
    CHECK_FALSE(KeyEscrow::parse(bytes(text + "more\n")));
    CHECK_FALSE(KeyEscrow::parse(bytes("x" + text)));
}

TEST_CASE("an export takes a passphrase that is worth the name, from a place where nobody sees it") {
    LiveCity city;
    TempDir safe;
    const auto to = (safe / "keys.escrow").string();
    const auto refused = [&](const fs::path& file, const std::string& word) {
        int code = 0;
        const auto text = runQuietly({"keys", "export", "--data", city.dataDir().string(), "--to", to,
                                      "--passphrase-file", file.string()},
                                     code);
        INFO(text);
        CHECK(code == 1);
        CHECK(text.find(word) != std::string::npos);
        CHECK_FALSE(fs::exists(to));
    };
    refused(writeSecret(safe / "short", "mật khẩu"), "out_of_range key=passphrase");
    refused(writeSecret(safe / "none", ""), "out_of_range key=passphrase");
    refused(safe / "absent", "file_missing");
    const auto open = writeSecret(safe / "open", kPassphrase);
    fs::permissions(open, fs::perms(0644));
    refused(open, "key_exposed");

    const auto good = writeSecret(safe / "good", kPassphrase);
    const auto said = city.tool({"keys", "export", "--to", to, "--passphrase-file", good.string()});
    CHECK(said.find("read back") != std::string::npos);
    CHECK((fs::status(to).permissions() & fs::perms(0077)) == fs::perms::none);
    const auto escrow = base::readFile(to).value();
    CHECK(escrow.starts_with("tram-passphrase-box-1\n"));
    const auto secret = gateway::GatewayKeys::loadIdentity(city.dataDir() / "keys")->secret();
    CHECK(escrow.find(crypto::toBase64Url(secret.reveal())) == std::string::npos);

    city.tool({"keys", "import", "--from", to, "--passphrase-file",
               writeSecret(safe / "wrong", kPassphrase + "!").string()},
              1);
    CHECK(city.tool({"keys", "import", "--from", to, "--passphrase-file", good.string()})
              .find("\t0 brought back") != std::string::npos);
    CHECK(city.logs().find(kPassphrase) == std::string::npos);
}

TEST_CASE("an export goes over nothing that is there, and not among the gateway's own files") {
    LiveCity city;
    TempDir safe;
    const auto good = writeSecret(safe / "good", kPassphrase);
    const auto data = city.dataDir();
    fs::create_symlink(safe / "nowhere", safe / "link");
    fs::create_directory_symlink(data / "keys", safe / "keys");
    REQUIRE(mkfifo((safe / "pipe").c_str(), 0600) == 0);
    const auto identity = base::readFile(data / "keys" / "identity.key").value();
    for (const auto& to : {data / "keys" / "identity.key", data / "keys.escrow", safe / "keys" / "new", good,
                           safe / "link", safe / "pipe", safe.path(), fs::path("")}) {
        int code = 0;
        const auto text = runQuietly({"keys", "export", "--data", data.string(), "--to", to.string(),
                                      "--passphrase-file", good.string()},
                                     code);
        INFO(to << ": " << text);
        CHECK(code == 1);
        CHECK(text.find("conflict") != std::string::npos);
    }
    CHECK(base::readFile(data / "keys" / "identity.key").value() == identity);
    CHECK(fs::is_fifo(safe / "pipe"));
    CHECK_FALSE(fs::exists(data / "keys.escrow"));
    CHECK_FALSE(fs::exists(safe / "nowhere"));
    CHECK(city.tool({"keys", "list"}).find("NOT ESCROWED") != std::string::npos);
}
