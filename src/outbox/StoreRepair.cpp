#include "outbox/StoreRepair.h"

#include <sqlite3.h>

#include <algorithm>

#include "base/Disk.h"
#include "base/Files.h"
#include "base/Random.h"
#include "outbox/ItemRows.h"
#include "outbox/Salvage.h"
#include "outbox/StoreHold.h"
#include "outbox/StoreMade.h"

namespace tram::outbox {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

namespace {

constexpr std::string_view kAside = "outbox.db.damaged-";
constexpr std::size_t kMaxPlan = 200;

/// What store.suspect holds once the damage is sure: under which name the store goes aside, and whether it is
/// there yet. Durable before anything moves, because outbox.db without its -wal would pass for an older
/// state.
struct Plan {
    std::string aside;
    bool moved = false;

    std::string text() const { return (moved ? "moved " : "move ") + aside + "\n"; }
    static Plan parse(std::string text) {
        if (text.ends_with('\n')) text.pop_back();
        const auto blank = text.find(' ');
        if (blank == text.npos) return {};
        Plan plan{text.substr(blank + 1), text.substr(0, blank) == "moved"};
        const bool ours = plan.aside.starts_with(kAside) && plan.aside.find('/') == plan.aside.npos;
        return ours ? plan : Plan{};
    }
};

std::string newName() {
    std::string day = base::toRfc3339(base::SystemClock().wall()).substr(0, 19);
    std::erase(day, ':');
    return std::string(kAside) + day + "-" + base::randomHex(4);
}

/// Damage is a result like soundness; anything else (a full disk, a later version) is a Problem.
Result<bool> damagedIf(const Result<void>& checked) {
    if (checked) return false;
    if (checked.error().kind == ProblemKind::StoreDamaged) return true;
    return tl::unexpected(checked.error());
}

/// Once suspected, everything is read: also what quick_check leaves out, indices and rows.
Result<bool> isDamaged(const fs::path& dataDir) {
    auto database = openStore(dataDir);
    if (!database) return damagedIf(tl::unexpected(database.error()));
    // Closing would write the -wal into what may be the last copy.
    sqlite3_db_config(database->raw().getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    std::string verdict;
    auto read = store::Database::guarded([&] {
        verdict = database->raw().execAndGet("PRAGMA integrity_check(1)").getString();
        readItems(*database, Envelopes::With, "", [](auto&) {});
    });
    if (read && verdict != "ok") return true;
    return damagedIf(read);
}

Result<void> writePlan(const fs::path& dataDir, const Plan& plan) {
    return base::writeFileAtomically(dataDir / "store.suspect", plan.text(), 0600);
}

/// Of a store that was deleted an empty file stays, for staff to see.
Result<void> leaveTrace(const fs::path& file) {
    std::error_code error;
    if (fs::exists(file, error)) return {};
    return base::writeFileAtomically(file, "", 0600);
}

/// The -wal first: should only a part move, what is left cannot be mistaken for a store on its own.
Result<void> move(const fs::path& dataDir, const std::string& aside) {
    for (const char* part : {"-wal", "-shm", ""}) {
        const auto from = dataDir / (std::string("outbox.db") + part), to = dataDir / (aside + part);
        if (base::disk().rename(from, to) != 0 && errno != ENOENT)
            return tl::unexpected(base::fileProblem(errno, from));
    }
    if (auto synced = base::syncDirectory(dataDir); !synced) return synced;
    return leaveTrace(dataDir / aside);
}

bool isThere(store::Database& db, const Item& item) {
    const auto row = db.prepared("SELECT 1 FROM items WHERE id = ?");
    row->bind(1, item.id.text());
    return row->executeStep();
}

bool isTaken(store::Database& db, const std::string& codeHash) {
    const auto row = db.prepared("SELECT 1 FROM items WHERE code_hash = ?");
    row->bind(1, codeHash);
    return row->executeStep();
}

/// In one transaction, so that a repair begun anew finds all or nothing of the last one's.
Result<void> carryOver(const fs::path& dataDir, std::vector<Item> items) {
    auto fresh = openInstead(dataDir);
    if (!fresh) return tl::unexpected(fresh.error());
    return fresh->transaction([&]() -> Result<void> {
        for (Item& item : items) {
            if (isThere(*fresh, item)) continue;
            if (isTaken(*fresh, item.codeHash)) item.codeHash.clear();
            insertItem(*fresh, item);
        }
        // No gateway's epoch: the next contact offers everything again (SyncLoop::noticeEpoch), in
        // case the damage took the news that it was restored.
        fresh->raw().exec("INSERT OR REPLACE INTO notes(key, value) VALUES('epoch', 'repaired')");
        return {};
    });
}

bool isTrace(const fs::path& aside) {
    std::error_code error;
    return fs::file_size(aside, error) == 0;
}

Result<Repair> finish(const fs::path& dataDir, const Plan& plan) {
    auto saved = salvage(dataDir / plan.aside);
    if (!saved) return tl::unexpected(saved.error());
    const Repair repair{.damaged = true,
                        .lost = isTrace(dataDir / plan.aside),
                        .aside = plan.aside,
                        .saved = saved->items.size(),
                        .broken = saved->broken};
    if (auto done = carryOver(dataDir, std::move(saved->items)); !done) return tl::unexpected(done.error());
    return repair;
}

Result<void> acquit(const fs::path& dataDir) {
    const auto mark = dataDir / "store.suspect";
    if (base::disk().unlink(mark) != 0 && errno != ENOENT)
        return tl::unexpected(base::fileProblem(errno, mark));
    return base::syncDirectory(dataDir);
}

}  // namespace

Result<Repair> repairStore(const fs::path& dataDir) {
    suspectStore(dataDir);
    const auto hold = StoreHold::alone(dataDir);
    if (!hold) return tl::unexpected(hold.error());
    auto plan = Plan::parse(base::readFile(dataDir / "store.suspect", kMaxPlan).value_or(""));
    if (plan.aside.empty()) {
        const auto damaged = isDamaged(dataDir);
        if (!damaged) return tl::unexpected(damaged.error());
        if (!*damaged) return acquit(dataDir).map([] { return Repair{}; });
        plan.aside = newName();
        if (auto written = writePlan(dataDir, plan); !written) return tl::unexpected(written.error());
    }
    if (!plan.moved) {
        if (auto moved = move(dataDir, plan.aside); !moved) return tl::unexpected(moved.error());
        plan.moved = true;
        if (auto written = writePlan(dataDir, plan); !written) return tl::unexpected(written.error());
    }
    auto repair = finish(dataDir, plan);
    if (!repair) return repair;
    return acquit(dataDir).map([&] { return *repair; });
}

std::vector<std::string> storesPutAside(const fs::path& dataDir) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(dataDir, error), end; !error && entry != end; entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (name.starts_with(kAside) && !name.ends_with("-wal") && !name.ends_with("-shm"))
            names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace tram::outbox
