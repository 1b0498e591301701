// A damaged store is put aside and salvaged; the power may go while it is, and the disk may fill up.
#include <cerrno>
#include <iostream>

#include "base/Files.h"
#include "outbox/StoreRepair.h"
#include "tests/faults/disk/FaultyVfs.h"
#include "tests/faults/disk/Place.h"
#include "tests/faults/disk/Station.h"

using namespace tram;
using namespace tram::faults;
using base::ProblemKind;
using outbox::Item;
using outbox::SqliteOutboxStore;
namespace fs = std::filesystem;

namespace {

constexpr int kReports = 12;

Image imageOf(const std::string& root) {
    Image image{{}, {root}};
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (entry.is_directory()) image.directories.insert(entry.path().string());
        if (entry.is_regular_file())
            image.files[entry.path().string()] = base::readFile(entry.path()).value();
    }
    return image;
}

enum class Harm { FirstPage, Deleted };

/// A station whose outbox.db lost its first page, or was deleted after a clean end with everything in it.
Image damagedStation(const Place& place, std::vector<Item>& items, Harm harm) {
    const test::FakeClock clock;
    const Writer writer(clock);
    {
        const auto store = SqliteOutboxStore::open(place.data()).value();
        auto outbox = writer.outbox(store);
        for (int i = 0; i < kReports; ++i) REQUIRE(writer.keep(outbox, {300}));
        items = everything(*store);
    }
    Image image = imageOf(place.root());
    const auto file = (place.data() / "outbox.db").string();
    if (harm == Harm::FirstPage) image.files.at(file).replace(0, 4096, std::string(4096, '\x5a'));
    if (harm == Harm::Deleted) image.files.erase(file), items.clear();
    return image;
}

std::vector<std::string> namesIn(const fs::path& directory) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(directory)) names.push_back(entry.path().filename());
    return names;
}

/// As at the agent's next start: whatever the disk holds, everything is there again in the end.
void recover(const Place& place, const std::vector<Item>& items) {
    {
        (void)SqliteOutboxStore::open(place.data());
    }  // the kiosk may be first
    if (outbox::storeSuspected(place.data())) REQUIRE(outbox::repairStore(place.data()));
    CHECK_FALSE(outbox::storeSuspected(place.data()));
    const auto store = SqliteOutboxStore::open(place.data());
    REQUIRE(store);
    CHECK(faultsOf(**store).empty());
    const auto now = everything(**store);
    CHECK(now.size() == items.size());
    for (std::size_t i = 0; i < std::min(now.size(), items.size()); ++i) {
        CHECK(now[i].id == items[i].id);
        CHECK(now[i].envelope == items[i].envelope);
        CHECK(now[i].attachments.size() == items[i].attachments.size());
    }
    CHECK_FALSE(outbox::storesPutAside(place.data()).empty());
}

}  // namespace

TEST_CASE(
    "the power goes at any point of a repair: nothing readable is lost, and the loss does not go unnoticed") {
    const auto harm = GENERATE(Harm::FirstPage, Harm::Deleted);
    const auto seed = seedOfThisRun();
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    const Place place;
    std::vector<Item> items;
    const Image before = damagedStation(place, items, harm);
    before.restore(place.root());
    Journal journal;
    {
        FaultyDisk disk(place.root());
        disk.journal = Journal(before);
        outbox::suspectStore(place.data());
        const auto repair = outbox::repairStore(place.data());
        REQUIRE(repair);
        CHECK(repair->damaged);
        CHECK(repair->saved == items.size());
        CHECK(repair->lost == (harm == Harm::Deleted));
        journal = disk.journal;
    }
    recover(place, items);
    std::size_t disks = 0;
    for (std::size_t point = 0; point <= journal.size(); ++point) {
        using enum Journal::Loss;
        for (const auto loss : {All, Nothing, Some, Some, Some}) {
            CAPTURE(point, static_cast<int>(loss));
            journal.after(point, loss, random).restore(place.root());
            INFO(Catch::StringMaker<std::vector<std::string>>::convert(namesIn(place.data())));
            recover(place, items);
            ++disks;
        }
    }
    std::cout << "repair: " << journal.size() << " points, " << disks << " disks" << std::endl;
}

TEST_CASE("a repair on a full disk ends without loss, and the next one succeeds") {
    const bool lasting = GENERATE(false, true);
    const auto harm = GENERATE(Harm::FirstPage, Harm::Deleted);
    const Place place;
    std::vector<Item> items;
    const Image before = damagedStation(place, items, harm);
    int n = 1;
    for (bool reached = true; reached && n < 300; ++n) {
        CAPTURE(n, lasting);
        before.restore(place.root());
        {
            FaultyDisk disk(place.root());
            disk.faults = {n, ENOSPC, lasting};
            outbox::suspectStore(place.data());
            const auto repair = outbox::repairStore(place.data());
            if (!repair) CHECK(repair.error().kind == ProblemKind::DiskFull);
            reached = disk.faults.seen >= n;
        }
        if (!outbox::storeSuspected(place.data()) && outbox::storesPutAside(place.data()).empty())
            outbox::suspectStore(place.data());
        recover(place, items);
    }
    CHECK(n > 10);
}
