#include <catch2/catch.hpp>
#include <fstream>
#include <memory>

#include "CityPacks.h"
#include "LiveCity.h"
#include "RawLine.h"
#include "gateway/content/ByteRange.h"
#include "gateway/content/ContentTake.h"
#include "gateway/content/PackShelf.h"
#include "gateway/demo/DemoContent.h"
#include "gateway/http/PackDownload.h"
#include "trust/Documents.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using gateway::ByteRange;

namespace {

/// What an operator has been given: documents and packs, as files.
struct Given {
    TempDir dir;
    SigningCity city;
    MadePack one = makePack("city", "Trường A", 200'000), two = makePack("city", "Trường B", 90'000),
             places = makePack("places", "Chợ");
    std::filesystem::path shelfDir = dir / "data" / "content";
    gateway::PackShelf shelf{shelfDir};

    std::filesystem::path file(const std::string& name, const std::string& bytes) const {
        std::ofstream(dir / name, std::ios::binary) << bytes;
        return dir / name;
    }
    std::filesystem::path root(int version = 1) const {
        return file("root" + std::to_string(version) + ".json", cosign(city.root(version), city));
    }
    std::filesystem::path manifest(int version, std::vector<trust::Manifest::Pack> packs,
                                   const std::vector<std::size_t>& who = {0, 1}) const {
        auto made = city.manifest(version);
        made.packs = std::move(packs);
        return file("content" + std::to_string(version) + ".json", cosign(made, city, who));
    }
    std::filesystem::path pack(const MadePack& made) const { return file(made.named.sha256, made.bytes); }
    /// "root manifest roots packs", or the problem.
    std::string take(const std::vector<std::filesystem::path>& files, bool firstRoot = false,
                     base::WallTime now = FakeClock().wall()) const {
        const auto taken = gateway::takeContent({shelfDir, files, firstRoot}, now);
        if (!taken) return std::string(name(taken.error().kind));
        return std::to_string(taken->rootVersion) + " " + std::to_string(taken->version) + " " +
               std::to_string(taken->roots) + " " + std::to_string(taken->packs);
    }
    bool publishes(int version) const {
        const auto document = shelf.manifest();
        const auto cosigned = document ? wire::Cosigned::parse(document->bytes).value() : wire::Cosigned();
        return document && trust::Manifest::parse(cosigned.payload)->version == version;
    }
};

}  // namespace

TEST_CASE("the first root is somebody's act, and what it leads to is published in one") {
    Given given;
    const auto root = given.root(), content = given.manifest(1, {given.one.named, given.places.named});
    const auto one = given.pack(given.one), places = given.pack(given.places);
    CHECK(given.take({root, content, one, places}) == "conflict");
    CHECK(given.shelf.newestRoot() == 0);
    CHECK(given.take({content, one, places}, true) == "conflict");
    CHECK(given.take({root, content, one}, true) == "file_missing");
    CHECK_FALSE(given.shelf.manifest());
    CHECK(given.take({one, content, places, root}, true) == "1 1 1 1");  // the other pack lay there already
    CHECK(given.publishes(1));
    CHECK(given.take({root, content, one, places}) == "1 1 0 0");  // the same again
    CHECK(given.take({content}) == "1 1 0 0");
}

TEST_CASE("what a kiosk would refuse is not published") {
    Given given;
    REQUIRE(given.take({given.root(), given.manifest(2, {given.one.named}), given.pack(given.one)}, true) ==
            "1 2 1 1");
    const auto two = given.pack(given.two);
    CHECK(given.take({given.manifest(1, {given.two.named}), two}) == "rolled_back");
    CHECK(given.take({given.manifest(2, {given.two.named}), two}) == "rolled_back");
    CHECK(given.take({given.manifest(3, {given.two.named}, {0}), two}) == "bad_signature");
    const auto three = given.manifest(3, {given.two.named});
    CHECK(given.take({three, two}, false, at("2027-01-01T00:00:00Z")) == "expired");
    CHECK(given.take({three, given.pack(given.places), two}) == "not_found");  // a pack of no manifest
    CHECK(given.take({three, given.file("bad", "neither JSON nor a pack"), two}) == "malformed");
    CHECK(given.take({three, given.manifest(4, {given.two.named}), two}) == "conflict");
    auto other = given.two.bytes;
    other[other.size() / 2] ^= 1;
    CHECK(given.take({three, given.file("other", other)}) == "not_found");
    auto named = given.two.named;
    named.name = "places";
    CHECK(given.take({given.manifest(3, {named}), two}) == "malformed");
    CHECK(given.publishes(2));
    CHECK(given.take({given.manifest(3, {given.two.named}), two}) == "1 3 0 1");
    CHECK(given.publishes(3));
}

TEST_CASE("packs of the version before stay, older ones go") {
    Given given;
    REQUIRE(given.take({given.root(), given.manifest(1, {given.one.named}), given.pack(given.one)}, true) ==
            "1 1 1 1");
    REQUIRE(given.take({given.manifest(2, {given.two.named}), given.pack(given.two)}) == "1 2 0 1");
    CHECK(given.shelf.pack(given.one.named.sha256));
    REQUIRE(given.take({given.manifest(3, {given.places.named}), given.pack(given.places)}) == "1 3 0 1");
    CHECK_FALSE(given.shelf.pack(given.one.named.sha256));
    CHECK_FALSE(
        std::filesystem::exists(gateway::PackShelf::packFile(given.shelfDir, given.one.named.sha256)));
    CHECK(std::filesystem::exists(gateway::PackShelf::packFile(given.shelfDir, given.two.named.sha256)));
}

TEST_CASE("roots are taken by the chain, together with what the new keys have signed") {
    Given given;
    REQUIRE(given.take({given.root(), given.manifest(1, {given.one.named}), given.pack(given.one)}, true) ==
            "1 1 1 1");
    Given next;  // other keys
    const auto rootOf = [&](int version) {
        wire::Cosigned document{std::string(trust::Root::kPayloadType), next.city.root(version).toJson(), {}};
        for (const auto* key : {&given.city.rootKeys[0], &given.city.rootKeys[2], &next.city.rootKeys[0],
                                &next.city.rootKeys[1]})
            document.sign(*key);
        return given.file("next" + std::to_string(version), document.toJson());
    };
    const auto content = given.file("next.json", cosign(
                                                     [&] {
                                                         auto manifest = next.city.manifest(2);
                                                         manifest.packs = {given.one.named};
                                                         return manifest;
                                                     }(),
                                                     next.city));
    CHECK(given.take({next.root(2), content}) == "bad_signature");  // the former keys have not signed it
    CHECK(given.take({rootOf(3), content}) == "rolled_back");       // a link is missing
    CHECK(given.take({rootOf(2)}) == "conflict");                   // kiosks would lose what they show
    CHECK(given.shelf.newestRoot() == 1);
    CHECK(given.take({rootOf(2), content}) == "2 2 1 0");
    CHECK(given.shelf.newestRoot() == 2);
    CHECK(given.shelf.root(1));
}

TEST_CASE("a range is read as RFC 9110 has it") {
    const auto read = [](const char* field) {
        const auto range = ByteRange::read(field, 1000);
        if (range.kind == ByteRange::Kind::Unsatisfiable) return std::string("none");
        return (range.kind == ByteRange::Kind::Whole ? "whole " : "") + std::to_string(range.first) + "-" +
               std::to_string(range.last);
    };
    CHECK(read("bytes=0-499") == "0-499");
    CHECK(read("bytes=500-") == "500-999");
    CHECK(read("bytes=999-5000") == "999-999");
    CHECK(read("bytes=-300") == "700-999");
    CHECK(read("bytes=-5000") == "0-999");
    CHECK(read("bytes=1000-") == "none");
    CHECK(read("bytes=-0") == "none");
    for (const char* ignored :
         {"", "bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,5-9", "bytes=+1-2",
          "bytes= 1-2", "bytes=99999999999999999999-", "bytes=--1"})
        CHECK(read(ignored) == "whole 0-999");
}

TEST_CASE("kiosks fetch what was taken from a gateway that goes on serving") {
    LiveCity city(LiveCity::Options{.demo = false});
    const Given given;
    const auto get = [&](const std::string& path, HeaderList headers = {}, const char* method = "GET") {
        return city.send({.method = method, .path = "/v1/content/" + path, .headers = std::move(headers)});
    };
    for (const auto* nothing : {"pin.json", "packs.json", "root/1.json"}) CHECK(get(nothing).status == 404);
    CHECK(city.tool({"content", "show"}).starts_with("no root"));
    city.tool({"content", "take", given.root()}, 1);
    // The time is the real one here.
    auto root = given.city.root(), later = given.city.root(2);
    auto manifest = given.city.manifest(1);
    root.signedAt = later.signedAt = manifest.signedAt = base::SystemClock().wall() - std::chrono::hours(1);
    root.expires = later.expires = manifest.expires = manifest.signedAt + std::chrono::hours(100);
    manifest.packs = {given.one.named};
    const auto rootText = cosign(root, given.city), text = cosign(manifest, given.city);
    city.tool({"content", "take", "--first-root", given.file("r", rootText), given.file("m", text),
               given.pack(given.one)});
    CHECK(city.tool({"content", "show"}).find("pack\tcity\t") != std::string::npos);

    const auto pin = wire::Dsse::parse(get("pin.json").body);
    REQUIRE(pin);
    CHECK(pin->payload == rootText);
    CHECK(get("root/1.json").body == rootText);
    for (const auto* unknown : {"root/2.json", "root/999999999.json"}) CHECK(get(unknown).status == 404);
    const auto whole = get("packs.json");
    CHECK(whole.body == text);
    CHECK(get("packs.json", {{"If-None-Match", whole.header("ETag")}}).status == 304);

    const auto path = "packs/" + given.one.named.sha256;
    const auto etag = '"' + given.one.named.sha256 + '"';
    CHECK(get(path).body == given.one.bytes);
    const auto part = get(path, {{"Range", "bytes=1000-1999"}, {"If-Range", etag}});
    CHECK(part.status == 206);
    CHECK(part.body == given.one.bytes.substr(1000, 1000));
    CHECK(part.header("Content-Range") == "bytes 1000-1999/" + std::to_string(given.one.bytes.size()));
    CHECK(get(path, {{"Range", "bytes=1000-1999"}, {"If-Range", "\"another\""}}).status == 200);
    CHECK(get(path, {{"Range", "bytes=99999999-"}}).status == 416);
    CHECK(get(path, {{"Range", "bytes=0-1,4-5"}}).status == 200);
    CHECK(get(path, {{"Range", "bytes=-10"}}).body == given.one.bytes.substr(given.one.bytes.size() - 10));
    CHECK(get(path, {}, "HEAD").status == 200);
    const auto missing = get("packs/" + given.two.named.sha256);
    CHECK(missing.status == 404);
    CHECK(missing.body == get("packs/" + std::string(64, '0')).body);

    const auto metrics = city.send({.path = "/metrics"}).body;
    CHECK(metrics.find("\ntram_content_days_left 4\n") != metrics.npos);  // 99 hours
    CHECK(metrics.find("\ntram_content_root_days_left 4\n") != metrics.npos);
    city.tool({"content", "take", given.file("r2", cosign(later, given.city))});
    CHECK(get("root/2.json").status == 200);
    CHECK(wire::Dsse::parse(get("pin.json").body)->payload == get("root/2.json").body);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("who takes whole packs slowly keeps nobody from pieces of them") {
    LiveCity city(LiveCity::Options{.demo = false});
    const Given given;
    auto root = given.city.root();
    auto manifest = given.city.manifest(1);
    root.signedAt = manifest.signedAt = base::SystemClock().wall() - std::chrono::hours(1);
    root.expires = manifest.expires = manifest.signedAt + std::chrono::hours(100);
    manifest.packs = {given.one.named};
    city.tool({"content", "take", "--first-root", given.file("r", cosign(root, given.city)),
               given.file("m", cosign(manifest, given.city)), given.pack(given.one)});
    // More than what stands between the gateway and a client that does not read takes up.
    std::filesystem::resize_file(
        gateway::PackShelf::packFile(city.dataDir() / "content", given.one.named.sha256), 64u << 20);
    const auto path = "/v1/content/packs/" + given.one.named.sha256;
    const auto piece = [&] { return city.send({.path = path, .headers = {{"Range", "bytes=0-1048575"}}}); };
    const auto whole = [&](RawLine& line) {
        line.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        return line.readStatus();
    };
    std::vector<std::unique_ptr<RawLine>> slow;
    for (int at = 0; at < gateway::PackLoad::kMostLarge; ++at) {
        slow.push_back(std::make_unique<RawLine>(city.nginxPort()));
        CHECK(whole(*slow.back()) == 200);
    }
    RawLine another(city.nginxPort());
    CHECK(whole(another) == 503);
    const auto half = city.send({.path = path, .headers = {{"Range", "bytes=0-1048576"}}});
    CHECK(half.status == 503);
    CHECK(half.header("Retry-After") == "5");
    for (int at = 0; at < gateway::PackLoad::kMost; ++at) CHECK(piece().status == 206);
    slow.clear();
    CHECK(eventually([&] { return whole(another) == 200; }));
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a download that is taken too slowly is ended, and gives its place back") {
    FakeClock clock;
    const TempDir dir;
    const auto file = dir / "pack";
    std::ofstream(file, std::ios::binary) << std::string(2u << 20, 'x');
    gateway::PackLoad load;
    {
        gateway::PackDownload download(load, file, clock);
        REQUIRE(download.begin(download.size()));
        CHECK(load.large == 1);
        std::size_t taken = 0;
        const auto out = [&](const char*, std::size_t size) { return taken += size, true; };
        const auto write = [&] { return download.write(taken, std::size_t{2} << 20, out); };
        CHECK(write());
        clock.advance(std::chrono::seconds(21));
        CHECK(write());  // 64 KB in a second beyond the first twenty
        CHECK(write());
        clock.advance(std::chrono::seconds(5));
        CHECK_FALSE(write());
    }
    CHECK(load.all == 0);
    CHECK(load.large == 0);
}

TEST_CASE("a demo's city signs what its kiosks see, and anew before that expires") {
    const Given given;
    const FakeClock clock;
    std::filesystem::create_directories(given.dir / "packs");
    const auto publish = [&](base::WallTime now) {
        return gateway::publishDemoContent(given.dir / "data", given.dir / "packs", now);
    };
    CHECK(publish(clock.wall()) == false);  // a build without packs
    std::ofstream(given.dir / "packs" / "city.pack", std::ios::binary) << given.one.bytes;
    CHECK(publish(clock.wall()) == true);
    CHECK(given.publishes(1));
    CHECK(publish(clock.wall()) == false);
    CHECK(publish(clock.wall() + std::chrono::days(61)) == true);
    CHECK(given.publishes(2));
    std::ofstream(given.dir / "packs" / "city.pack", std::ios::binary) << given.two.bytes;
    CHECK(publish(clock.wall() + std::chrono::days(62)) == true);
    CHECK(given.publishes(3));
}
