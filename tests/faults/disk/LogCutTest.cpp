// The log of what staff do on a disk that forgets what was not synced: wherever the power goes, each line
// that was told to be written is there, the log is not taken for damaged, and it goes on.
#include <catch2/catch.hpp>
#include <iostream>

#include "base/Files.h"
#include "ledger/Ledger.h"
#include "tests/faults/disk/FaultyVfs.h"
#include "tests/faults/disk/Place.h"
#include "tests/support/FakeClock.h"

using namespace tram;
using namespace tram::faults;

namespace {

constexpr int kLines = 12, kMixtures = 20;
const ledger::Ledger::Options kSmall{.segmentBytes = 2000};

ledger::Event retriedItems(std::int64_t items) {
    return {
        .kind = ledger::Kind::QueueRetried, .staff = "S-7", .desk = "Quầy 3", .members = {{"items", items}}};
}

/// After so many operations on the disk this head had been told.
using Told = std::vector<std::pair<std::size_t, ledger::Head>>;

Told writeLog(const Place& place, FaultyDisk& disk) {
    const test::FakeClock clock;
    auto log = ledger::Ledger::open(place.data(), clock, kSmall);
    REQUIRE(log);
    Told told;
    for (int i = 1; i <= kLines; ++i) {
        const auto head = log->append(retriedItems(i));
        REQUIRE(head);
        told.emplace_back(disk.journal.size(), *head);
    }
    return told;
}

/// What is wrong with what the power cut left; "" when nothing is.
std::string faultOf(const Place& place, const ledger::Head& told) {
    std::vector<ledger::Head> known;
    if (told.n > 0) known.push_back(told);
    const auto left = ledger::verify(place.data(), known);
    if (!left || !left->sound()) return "the log is taken for damaged";
    const test::FakeClock clock;
    auto options = kSmall;
    options.acknowledged = [&] { return known; };
    auto log = ledger::Ledger::open(place.data(), clock, options);
    if (!log || !log->append(retriedItems(0))) return "it does not go on";
    const auto after = ledger::verify(place.data(), known);
    if (!after || !after->sound()) return "it is damaged by going on";
    if (told.n > 0 && (after->chains.size() != 1 || after->chains[0].head.chain != told.chain))
        return "another chain begins";
    return after->chains.back().head.n > told.n ? "" : "a line is lost";
}

struct Found {
    std::size_t disks = 0, faults = 0;
    std::string first;
};

Found cutLogEverywhere(const Forgets& forgets, std::uint64_t seed) {
    const Place place;
    Told told;
    Journal journal;
    {
        Image before;
        before.directories.insert(place.root());
        FaultyDisk disk(place.root());
        disk.forgets = forgets;
        disk.journal = Journal(before);
        told = writeLog(place, disk);
        journal = disk.journal;
    }
    std::mt19937_64 random(seed);
    Found found;
    for (std::size_t point = 0; point <= journal.size(); ++point)
        for (int variant = -2; variant < kMixtures; ++variant) {
            using enum Journal::Loss;
            journal.after(point,
                          variant == -2   ? All
                          : variant == -1 ? Nothing
                                          : Some,
                          random)
                .restore(place.root());
            ledger::Head last;
            for (const auto& [size, head] : told)
                if (size <= point) last = head;
            const auto fault = faultOf(place, last);
            ++found.disks;
            found.faults += !fault.empty();
            if (found.first.empty() && !fault.empty())
                found.first = fault + " at " + std::to_string(point) + "/" + std::to_string(variant);
        }
    return found;
}

}  // namespace

TEST_CASE("the log of staff: a power cut anywhere takes no line that was told to be written") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    const auto found = cutLogEverywhere({}, seed);
    std::cout << "log: " << found.disks << " disks, seed " << seed << '\n';
    CHECK(found.first == "");
    CHECK(found.disks > 400);
}

TEST_CASE("the log of staff: syncs that are forgotten are found by these very cuts") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    CHECK(cutLogEverywhere({.fileSyncs = true}, seed).faults > 0);
    CHECK(cutLogEverywhere({.directorySyncs = true}, seed).faults > 0);
}
