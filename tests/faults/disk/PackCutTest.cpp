// The city's packs on a disk that forgets what was not synced, and under an agent that dies: everything an
// update does to the disk is recorded, at every point of the record it ends, and kiosk and agent go on with
// what is left.
#include <cerrno>
#include <iostream>

#include "crypto/FileHash.h"
#include "tests/faults/disk/FaultyVfs.h"
#include "tests/faults/disk/Place.h"
#include "tests/faults/disk/Station.h"
#include "tests/support/PackGateway.h"

using namespace tram;
using namespace tram::faults;
using test::PackWorld;

namespace {

struct City {
    Place place;
    PackWorld world{place.data()};

    City() { world.options.largestPiece = world.options.smallestPiece = 32'768; }
    /// Version 1 is here, and version 2 is out.
    void publishTwo() {
        world.gateway.publish(world.manifestOf(2, {world.second.named, world.first.named}),
                              {world.second, world.first});
    }
    void prepare() {
        world.first = test::makePack("places", "Chợ", 20'000);
        world.gateway.publish(world.manifestOf(1, {world.first.named}), {world.first});
        REQUIRE(world.update() == "new");
        publishTwo();
    }
    /// What a kiosk would show, every byte of it looked at.
    std::string shown() const {
        const auto current = world.store.current(world.clock.wall());
        if (!current) return "nothing";
        for (const auto& pack : current->packs)
            if (crypto::sha256OfFile(pack.file) != pack.sha256) return "a damaged pack";
        return world.shows();
    }
    bool isSound(bool before) const {
        const auto now = shown();
        return now == "v2 city places" || (before && now == "v1 places");
    }
};

std::string treeOf(const std::filesystem::path& root) {
    std::string names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.is_regular_file())
            names += entry.path().filename().string() + " " + std::to_string(entry.file_size()) + "\n";
    return names;
}

Image imageOf(const std::string& root) {
    Image image;
    image.directories.insert(root);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (entry.is_directory()) image.directories.insert(entry.path().string());
        if (entry.is_regular_file())
            image.files[entry.path().string()] = base::readFile(entry.path(), 64u << 20).value();
    }
    return image;
}

struct Outcome {
    std::size_t disks = 0;
    std::vector<std::string> faults;
};

/// Half of a part that was never synced may be other bytes: then it comes once more.
bool comesAfterAll(City& city) {
    for (int turn = 0; turn < 2; ++turn)
        if (city.world.update() == "new") break;
    return city.isSound(false);
}

/// Of what is to be looked at, and when that is enough.
struct Look {
    int mixtures = 2;
    std::size_t lastPoints = ~std::size_t{0};
    std::size_t faults = 5;
};

Outcome cutEverywhere(const Forgets& forgets, const Look& look, std::uint64_t seed) {
    City city;
    city.prepare();
    Journal journal;
    {
        const auto before = imageOf(city.place.root());
        FaultyDisk disk(city.place.root());
        disk.forgets = forgets;
        disk.journal = Journal(before);
        REQUIRE(city.world.update() == "new");
        journal = disk.journal;
    }
    std::mt19937_64 random(seed);
    Outcome outcome;
    const auto first = journal.size() - std::min(journal.size(), look.lastPoints);
    for (std::size_t point = first; point <= journal.size(); ++point) {
        for (int variant = -2; variant < look.mixtures; ++variant) {
            using enum Journal::Loss;
            journal.after(point,
                          variant == -2   ? All
                          : variant == -1 ? Nothing
                                          : Some,
                          random)
                .restore(city.place.root());
            ++outcome.disks;
            const auto where =
                "after " + std::to_string(point) + ", mixture " + std::to_string(variant) + ": ";
            if (!city.isSound(true)) outcome.faults.push_back(where + city.shown());
            if (!comesAfterAll(city))
                outcome.faults.push_back(where + "no update, " + city.shown() + "\n" +
                                         treeOf(city.place.root()));
            if (outcome.faults.size() >= look.faults) return outcome;
        }
    }
    return outcome;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

}  // namespace

TEST_CASE(
    "wherever an update ends, the old content stands whole or the new one does, and the next update comes") {
    const auto seed = seedOfThisRun();
    CAPTURE(seed);
    const auto outcome = cutEverywhere({}, {}, seed);
    std::cout << "packs: " << outcome.disks << " disks, " << outcome.faults.size() << " faults" << std::endl;
    INFO(joined(outcome.faults));
    CHECK(outcome.faults.empty());
    CHECK(outcome.disks > 60);
}

TEST_CASE("the same test finds syncs of packs that were left out") {
    const auto seed = seedOfThisRun();
    CAPTURE(seed);
    Forgets forgets;
    Look look{.faults = 1};
    SECTION("of files before their rename") {
        forgets.fileSyncs = true;
    }
    SECTION("of directories") {
        // The former version stands in for one whose packs have lost their names: three names must go apart.
        look = {.mixtures = 80, .lastPoints = 1, .faults = 1};
        forgets.directorySyncs = true;
    }
    CHECK_FALSE(cutEverywhere(forgets, look, seed).faults.empty());
}

TEST_CASE(
    "a disk that fills up or fails at any moment of an update leaves the old content, and the next one "
    "comes") {
    City city;
    city.prepare();
    const auto before = imageOf(city.place.root());
    int refused = 0;
    for (const int error : {ENOSPC, EIO}) {
        for (int at = 1; at < 100; ++at) {
            before.restore(city.place.root());
            std::string said;
            {
                FaultyDisk disk(city.place.root());
                disk.faults = {at, error, true};
                said = city.world.update();
                if (disk.faults.seen < at) break;
            }
            CAPTURE(at, error, said);
            CHECK(city.isSound(true));
            refused += said != "new";
            CHECK(comesAfterAll(city));
        }
    }
    CHECK(refused > 20);
}
