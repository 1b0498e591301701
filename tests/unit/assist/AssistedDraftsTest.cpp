#include "assist/AssistedDrafts.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "base/Disk.h"
#include "base/Files.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using assist::AssistedDrafts;
using base::ProblemKind;

namespace {

const std::string kText = "Nguyễn Thị Canary 0909123456";

base::SecretBytes seedOf(unsigned char fill) {
    return base::SecretBytes(crypto::Bytes(32, fill));
}

struct Drawer {
    test::TempDir top;
    test::FakeClock clock;
    std::filesystem::path dir = top / "drafts";
    AssistedDrafts drafts{dir, clock};
    base::SecretBytes mine = seedOf(1), other = seedOf(2);

    std::string save(const std::string& text = kText, const std::string& id = "") {
        const auto saved = drafts.save(mine, crypto::view(text), id);
        REQUIRE(saved);
        return *saved;
    }
    std::string restored(const std::string& id) {
        const auto bytes = drafts.restore(mine, id);
        return bytes ? std::string(bytes->reveal().begin(), bytes->reveal().end())
                     : std::string(name(bytes.error().kind));
    }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(dir), {}));
    }
    std::filesystem::path fileOf(const std::string& id) const { return dir / (id + ".draft"); }
};

}  // namespace

TEST_CASE("drafts: come back to who wrote them, and to nobody else") {
    Drawer drawer;
    const auto id = drawer.save();
    drawer.clock.advance(1min);
    const auto second = drawer.save("another");
    AssistedDrafts afterCrash(drawer.dir, drawer.clock);
    const auto offered = afterCrash.offeredTo(drawer.mine);
    REQUIRE(offered);
    REQUIRE(offered->size() == 2);
    CHECK((*offered)[0].id == second);
    CHECK((*offered)[1].id == id);
    CHECK(drawer.restored(id) == kText);
    CHECK(afterCrash.offeredTo(drawer.other)->empty());
    CHECK(afterCrash.offeredTo({})->empty());
    CHECK(afterCrash.restore(drawer.other, id).error().kind == ProblemKind::BadSeal);
    CHECK(afterCrash.discard(drawer.other, id).error().kind == ProblemKind::BadSeal);
    CHECK(afterCrash.save(drawer.other, crypto::view("x"), id).error().kind == ProblemKind::BadSeal);
    CHECK(afterCrash.save({}, crypto::view("x")).error().kind == ProblemKind::OutOfRange);
    CHECK(drawer.restored(id) == kText);
    REQUIRE(afterCrash.discard(drawer.mine, id));
    CHECK(drawer.restored(id) == "not_found");
    CHECK(drawer.files() == 1);
}

TEST_CASE("drafts: saved again they replace themselves, with one file each and nothing in it to read") {
    Drawer drawer;
    const auto id = drawer.save();
    CHECK(drawer.save(kText + " và hơn nữa", id) == id);
    CHECK(drawer.files() == 1);
    CHECK(drawer.restored(id) == kText + " và hơn nữa");
    const auto bytes = base::readFile(drawer.fileOf(id));
    REQUIRE(bytes);
    CHECK(bytes->find("Canary") == std::string::npos);
    struct stat about{};
    REQUIRE(stat(drawer.fileOf(id).c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(drawer.restored("../" + id) == "not_found");
    CHECK(drawer.restored("") == "not_found");
    CHECK(drawer.drafts.save(drawer.mine, crypto::Bytes(AssistedDrafts::kMaxBytes + 1)).error().kind ==
          ProblemKind::TooLarge);
}

TEST_CASE("drafts: gone after a day of either clock") {
    for (const bool wall : {true, false}) {
        CAPTURE(wall);
        Drawer drawer;
        const auto id = drawer.save();
        drawer.clock.advance(23h);
        CHECK(drawer.drafts.sweep() == 0u);
        CHECK(drawer.restored(id) == kText);
        if (wall)
            drawer.clock.set("2026-11-22T09:41:08+07:00");
        else {
            drawer.clock.advance(1h);
            drawer.clock.set("2000-01-01T00:00:00+07:00");
        }
        CHECK(drawer.restored(id) == "not_found");
        CHECK(drawer.drafts.offeredTo(drawer.mine)->empty());
        CHECK(drawer.drafts.sweep() == 1u);
        CHECK(drawer.files() == 0);
    }
}

TEST_CASE("drafts: a clock set back keeps nothing alive, across boots either") {
    Drawer drawer;
    drawer.save();
    drawer.clock.set("2000-01-01T00:00:00+07:00");
    // Hours of several boots add up.
    std::size_t gone = 0;
    for (int hours = 0; hours < 26 && gone == 0; hours += 2) {
        if (hours % 4 == 0) drawer.clock.reboot();
        CHECK(drawer.drafts.sweep() == 0u);
        drawer.clock.advance(2h);
        gone = drawer.drafts.sweep().value();
    }
    CHECK(gone == 1);
    // And where each boot is short, their number ends it.
    drawer.save();
    int boots = 0;
    do {
        drawer.clock.set("2000-01-01T00:00:00+07:00");
        drawer.clock.reboot();
        ++boots;
    } while (drawer.drafts.sweep().value() == 0 && boots < 100);
    CHECK(boots == AssistedDrafts::kMostBoots + 1);
}

TEST_CASE("drafts: a damaged one is offered to nobody, and swept") {
    Drawer drawer;
    const auto id = drawer.save(), fine = drawer.save("fine");
    auto bytes = base::readFile(drawer.fileOf(id)).value();
    const auto tryBytes = [&](const std::string& changed) {
        REQUIRE(base::writeFileAtomically(drawer.fileOf(id), changed));
        CHECK(drawer.drafts.offeredTo(drawer.mine)->size() == 1);
        CHECK(drawer.restored(id) == "bad_seal");
    };
    for (const std::size_t at : {bytes.find('\n') + 1, bytes.size() - 1}) {
        auto changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        tryBytes(changed);
    }
    tryBytes(base::readFile(drawer.fileOf(fine)).value());  // another's bytes under this name
    CHECK(drawer.drafts.sweep() == 0u);                     // well-formed: age takes it away
    for (const std::string& text : {std::string(), std::string("{}\n"), bytes.substr(0, bytes.find('\n')),
                                    std::string(5000, ' '), "{\"v\":1}" + bytes})
        tryBytes(text);
    CHECK(drawer.drafts.sweep() == 1u);
    CHECK(drawer.restored(fine) == "fine");
}

TEST_CASE("drafts: what could not be written is not called kept, and what a power cut left goes") {
    Drawer drawer;
    const auto id = drawer.save();
    struct Full : base::Disk {
        int sync(int) override { return errno = ENOSPC, -1; }
    } full;
    {
        const base::DiskInstead instead(full);
        CHECK(drawer.drafts.save(drawer.mine, crypto::view("newer"), id).error().kind ==
              ProblemKind::DiskFull);
    }
    CHECK(drawer.restored(id) == kText);
    const auto left = drawer.dir / (id + ".draft.0123456789abcdef.tmp");
    REQUIRE(base::isTemporary(left.filename().string()));
    REQUIRE(base::writeFileAtomically(left, "half"));
    REQUIRE(drawer.drafts.sweep());
    CHECK_FALSE(std::filesystem::exists(left));
    CHECK(drawer.restored(id) == kText);
}

TEST_CASE("drafts: so many and no more") {
    Drawer drawer;
    for (std::size_t i = 0; i < AssistedDrafts::kMost; ++i) drawer.save("x");
    CHECK(drawer.drafts.save(drawer.mine, crypto::view("y")).error().kind == ProblemKind::OutOfRange);
}
