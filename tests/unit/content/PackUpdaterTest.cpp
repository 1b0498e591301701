#include "content/PackUpdater.h"

#include <catch2/catch.hpp>

#include "pack/PackFile.h"
#include "tests/support/PackGateway.h"

using namespace tram;
using namespace tram::test;

namespace {

std::string titleOf(const PackWorld& world) {
    const auto current = world.store.current(world.clock.wall());
    return pack::PackFile::open(current->packs.at(0).file)->entry("school", "one")->title;
}

/// Answers some requests wrongly: those for a pack's bytes.
auto forPacks(std::function<void(httplib::Response&)> answer) {
    return [answer = std::move(answer)](const httplib::Request& request, httplib::Response& response) {
        const bool pack = request.path.starts_with("/v1/content/packs/");
        if (pack) answer(response);
        return pack;
    };
}

/// Whatever stood in the way of version 2 is gone: version 3 comes.
void checkNextGoodOneWorks(PackWorld& world) {
    world.gateway.before = {};
    world.gateway.publish(world.manifestOf(3, {world.second.named}), {world.second});
    CHECK(world.update() == "new");
    CHECK(world.shows() == "v3 city");
    CHECK(titleOf(world) == "Trường B");
}

}  // namespace

TEST_CASE("a kiosk without anything gets its root and its packs, in pieces, and asks for none twice") {
    PackWorld world;
    auto agent = world.agent();
    CHECK(world.update(agent) == "new");
    CHECK(world.shows() == "v1 city");
    CHECK(world.gateway.ranges().size() == (world.first.bytes.size() + 16'383) / 16'384);
    CHECK(world.update(agent) == "same");
    CHECK(world.update() == "same");  // after a restart
    CHECK(world.gateway.ranges().empty());
}

TEST_CASE("while the city has published nothing, that is what is said") {
    PackWorld world;
    world.gateway.pin.clear();
    CHECK(world.update() == "not_found");
    world.gateway.pin = world.pinOf(world.city.root());
    world.gateway.manifest.clear();
    CHECK(world.update() == "not_found");
    CHECK(world.shows().empty());
}

TEST_CASE("a download that is cut goes on where it was, after a restart too") {
    PackWorld world;
    int pieces = 0;
    world.gateway.before = forPacks([&](httplib::Response& response) {
        if (++pieces < 3) return response.set_content(world.first.bytes, "application/octet-stream");
        response.set_content_provider(16'384, "application/octet-stream",
                                      [](std::size_t, std::size_t, httplib::DataSink&) { return false; });
    });
    CHECK(world.update() != "new");
    CHECK(world.shows().empty());
    CHECK(world.gateway.ranges().size() == 3);
    world.gateway.before = {};
    CHECK(world.update() == "new");
    CHECK(world.gateway.ranges().front().starts_with("32768-"));
    CHECK(titleOf(world) == "Trường A");
}

TEST_CASE("a poor line gets smaller pieces, and larger ones again when it bears them") {
    PackWorld world;
    int pieces = 0;
    world.gateway.before = forPacks([&](httplib::Response& response) {
        if (++pieces > 2) return response.set_content(world.first.bytes, "application/octet-stream");
        response.set_content_provider(16'384, "application/octet-stream",
                                      [](std::size_t, std::size_t, httplib::DataSink&) { return false; });
    });
    auto agent = world.agent();
    for (int failed = 0; failed < 2; ++failed) CHECK(world.update(agent) != "new");
    CHECK(world.update(agent) == "new");
    const auto ranges = world.gateway.ranges();
    REQUIRE(ranges.size() >= 5);
    CHECK(ranges[0] == "0-16383");
    CHECK(ranges[1] == "0-8191");
    CHECK(ranges[2] == "0-4095");
    CHECK(ranges[3] == "4096-12287");
    CHECK(ranges[4].starts_with("12288-28671"));
}

TEST_CASE("what is refused changes nothing, and the next good one comes") {
    PackWorld world;
    REQUIRE(world.update() == "new");
    const auto& city = world.city;
    auto two = city.manifest(2);
    two.packs = {world.second.named};
    world.gateway.packs[world.second.named.sha256] = world.second.bytes;
    std::string expected;
    const auto refuse = [&](const std::string& manifest, const char* problem) {
        world.gateway.manifest = manifest;
        expected = problem;
    };

    SECTION("an older one") {
        refuse(world.manifestOf(1, {world.second.named}), "rolled_back 1");
    }
    SECTION("signed by one key, twice") {
        wire::Cosigned document{std::string(trust::Manifest::kPayloadType), two.toJson(), {}};
        document.sign(city.contentKeys[0]);
        document.signatures.push_back({"another", document.signatures[0].bytes});
        refuse(document.toJson(), "bad_signature content");
    }
    SECTION("signed by others") {
        refuse(cosign(two, SigningCity()), "bad_signature content");
    }
    SECTION("expired") {
        two.expires = at("2026-11-20T12:00:00Z");
        refuse(cosign(two, city), "expired");
    }
    SECTION("a manifest of a gigabyte") {
        refuse("", "bad_response too_long");
        world.gateway.before = [](const httplib::Request& request, httplib::Response& response) {
            if (request.path != "/v1/content/packs.json") return false;
            response.set_content_provider(1u << 30, "application/json",
                                          [](std::size_t, std::size_t, httplib::DataSink& sink) {
                                              const std::string blanks(65'536, ' ');
                                              return sink.write(blanks.data(), blanks.size());
                                          });
            return true;
        };
    }
    SECTION("a captive portal's page") {
        refuse("", "not_the_gateway");
        world.gateway.before = [](const httplib::Request&, httplib::Response& response) {
            response.set_content("<html>", "text/html");
            return true;
        };
    }
    SECTION("a pack of other bytes") {
        auto other = world.second.bytes;
        other[other.size() / 2] ^= 1;
        world.gateway.packs[world.second.named.sha256] = other;
        refuse(cosign(two, city), "bad_response hash");
    }
    SECTION("a pack that is shorter") {
        world.gateway.packs[world.second.named.sha256] = world.second.bytes.substr(0, 20'000);
        refuse(cosign(two, city), "bad_response range");
    }
    SECTION("a pack that is longer") {
        world.gateway.packs[world.second.named.sha256] = world.second.bytes + "more";
        refuse(cosign(two, city), "bad_response range");
    }
    SECTION("a pack that is not there") {
        world.gateway.packs.erase(world.second.named.sha256);
        refuse(cosign(two, city), "bad_response no_pack");
    }
    SECTION("a pack that is none, though it was signed") {
        const std::string text(5000, 'x');
        two.packs = {{"city", crypto::sha256Hex(crypto::view(text)), 5000}};
        world.gateway.packs[two.packs[0].sha256] = text;
        refuse(cosign(two, city), "malformed");
    }
    SECTION("a pack under another one's name") {
        two.packs[0].name = "places";
        refuse(cosign(two, city), "malformed name");
    }

    const auto said = world.update();
    CHECK(said.substr(0, expected.size()) == expected);
    CHECK(world.shows() == "v1 city");
    CHECK(titleOf(world) == "Trường A");
    checkNextGoodOneWorks(world);
}

TEST_CASE("keys change by a chain of roots, and what former keys signed is no longer shown") {
    PackWorld world;
    REQUIRE(world.update() == "new");
    SigningCity next;
    const auto root = [&](int version) {
        wire::Cosigned document{std::string(trust::Root::kPayloadType), next.root(version).toJson(), {}};
        for (const auto& key :
             {&world.city.rootKeys[0], &world.city.rootKeys[1], &next.rootKeys[0], &next.rootKeys[2]})
            document.sign(*key);
        return document.toJson();
    };
    world.gateway.roots[2] = root(3);  // a link is missing
    CHECK(world.update() == "rolled_back 3");
    CHECK(world.shows() == "v1 city");
    world.gateway.roots = {{2, root(2)}, {3, cosign(next.root(3), next)}};
    CHECK(world.update() == "bad_signature content");
    CHECK(world.store.trust()->root().version == 3);
    CHECK(world.shows().empty());
    auto manifest = next.manifest(1);  // the count begins anew with the keys
    manifest.packs = {world.first.named};
    world.gateway.manifest = cosign(manifest, next);
    world.gateway.ranges();
    CHECK(world.update() == "new");
    CHECK(world.shows() == "v1 city");
    CHECK(world.gateway.ranges().empty());  // the pack was here
}

TEST_CASE("a disk that has no room for a pack is not filled with it") {
    PackWorld world;
    world.options.spare = std::uint64_t{1} << 62;
    CHECK(world.update() == "disk_full spare");
    CHECK(world.gateway.ranges().empty());
    world.options.spare = 0;
    CHECK(world.update() == "new");
}

TEST_CASE("what a disk has spoilt comes anew with the next agent") {
    PackWorld world;
    REQUIRE(world.update() == "new");
    auto spoilt = world.first.bytes;
    spoilt[100] ^= 1;
    REQUIRE(base::writeFileAtomically(world.store.fileOf(world.first.named), spoilt));
    CHECK(world.update() == "same");
    CHECK(base::readFile(world.store.fileOf(world.first.named)) == world.first.bytes);
    CHECK(world.shows() == "v1 city");
}

TEST_CASE("parts of what was never finished are removed") {
    PackWorld world;
    REQUIRE(world.update() == "new");
    REQUIRE(base::writeFileAtomically(world.home("packs") / (std::string(64, 'b') + ".part"), "left"));
    REQUIRE(base::writeFileAtomically(world.store.partOf(world.second.named), "a beginning that is wrong"));
    world.gateway.publish(world.manifestOf(2, {world.second.named}), {world.second});
    CHECK(world.update() == "bad_response hash");
    CHECK_FALSE(std::filesystem::exists(world.home("packs") / (std::string(64, 'b') + ".part")));
    CHECK(world.update() == "new");
    CHECK(titleOf(world) == "Trường B");
}
