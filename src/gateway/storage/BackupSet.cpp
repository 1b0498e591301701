#include "gateway/storage/BackupSet.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/Files.h"
#include "gateway/storage/FileCopy.h"
#include "gateway/storage/Sql.h"
#include "gateway/storage/Storage.h"
#include "store/ReadOnly.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

// Where a digit stands and where not. The letter puts numbered names behind those of earlier versions in any
// listing.
constexpr std::string_view kNumber = "nDDDDDDDD-", kMoment = "DDDDDDDDTDDDDDD.DDDZ";
constexpr std::string_view kUnfinished = ".unfinished-";

bool hasShape(std::string_view name, std::string_view shape) {
    return std::ranges::equal(name, shape, [](char is, char should) {
        return should == 'D' ? '0' <= is && is <= '9' : is == should;
    });
}

bool isNumbered(std::string_view name) {
    return hasShape(name.substr(0, kNumber.size()), kNumber) &&
           hasShape(name.substr(kNumber.size()), kMoment);
}

bool isName(std::string_view name) {
    return hasShape(name, kMoment) || (name.size() > kNumber.size() && isNumbered(name));
}

tl::unexpected<base::Problem> damaged(const fs::path& file, const char* what) {
    return base::fail(ProblemKind::StoreDamaged, {{"path", file.string()}, {"detail", what}});
}

/// "key value" in each line.
std::map<std::string, std::string> readAbout(const std::string& text) {
    std::map<std::string, std::string> about;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const auto space = line.find(' '); space != line.npos)
            about[line.substr(0, space)] = line.substr(space + 1);
    return about;
}

Result<BackupSet> readSet(const fs::path& dir) {
    const auto text = base::readFile(dir / BackupSet::kAbout, 1u << 16);
    if (!text) return tl::unexpected(text.error());
    auto about = readAbout(*text);
    BackupSet set{dir, {}, about["epoch"], about["keys"] == "yes"};
    if (about["backup"] != "1" || !base::fromRfc3339(about["began"], set.began))
        return base::fail(ProblemKind::Malformed, {{"path", (dir / BackupSet::kAbout).string()}});
    return set;
}

/// A path of SHA256SUMS stays inside the set: the manifest may come from a medium that others have had in
/// hand.
bool staysInside(const fs::path& path) {
    return path.is_relative() &&
           std::ranges::none_of(path, [](const fs::path& part) { return part == ".." || part == "."; });
}

Result<void> checkFile(const fs::path& file, std::string_view sha256) {
    if (fs::is_symlink(file) || !fs::is_regular_file(file)) return damaged(file, "missing");
    const auto hash = hashOfFile(file);
    if (!hash) return tl::unexpected(hash.error());
    if (*hash != sha256) return damaged(file, "sha256");
    return {};
}

/// A report without one of its pictures is worth more than none.
bool isAttachment(const fs::path& path) {
    return *path.begin() == BackupSet::kAttachments;
}

Result<void> checkLine(const fs::path& dir, const std::string& line, std::set<fs::path>& sound) {
    // 64 digits, two blanks, the path (coreutils' sha256sum).
    const fs::path path = line.size() > 66 ? line.substr(66) : std::string();
    if (path.empty() || line.substr(64, 2) != "  " || !staysInside(path))
        return damaged(dir / BackupSet::kSums, "line");
    auto fits = checkFile(dir / path, std::string_view(line).substr(0, 64));
    if (fits) sound.insert(path);
    return isAttachment(path) ? Result<void>() : fits;
}

/// Relative paths of all files but the sums themselves, in order.
std::vector<std::string> filesIn(const fs::path& dir) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(dir))
        if (entry.is_regular_file() && entry.path().filename() != BackupSet::kSums)
            files.push_back(fs::relative(entry.path(), dir).string());
    std::ranges::sort(files);
    return files;
}

}  // namespace

std::string BackupSet::nextName(const fs::path& dir, base::WallTime began) {
    const auto sets = in(dir);
    const auto last = sets.empty() ? std::string() : sets.back().filename().string();
    const int number = last.starts_with('n') ? std::stoi(last.substr(1)) + 1 : 1;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(began);
    return fmt::format("n{:08}-{:%Y%m%dT%H%M%S}.{:03}Z", number,
                       fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), (began - seconds).count());
}

fs::path BackupSet::unfinished(const fs::path& set) {
    return set.parent_path() / (std::string(kUnfinished) + set.filename().string());
}

std::vector<fs::path> BackupSet::in(const fs::path& dir) {
    std::vector<fs::path> sets;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(dir, ignored))
        if (isName(entry.path().filename().string()) && entry.is_directory(ignored))
            sets.push_back(entry.path());
    std::ranges::sort(sets);
    return sets;
}

Result<BackupSet> BackupSet::find(const fs::path& dir) {
    std::error_code ignored;
    if (fs::exists(dir / kAbout, ignored)) return readSet(dir);
    const auto sets = in(dir);
    if (sets.empty())
        return base::fail(ProblemKind::FileMissing, {{"path", dir.string()}, {"expected", "a backup"}});
    return readSet(sets.back());
}

Result<void> BackupSet::writeAbout(const std::string& program) const {
    return base::writeFileAtomically(dir / kAbout,
                                     "backup 1\nbegan " + base::toRfc3339(began) + "\nepoch " + epoch +
                                         "\nprogram " + program + "\nkeys " + (withKeys ? "yes" : "no") +
                                         "\n",
                                     0600);
}

Result<void> BackupSet::writeSums(const std::vector<std::pair<std::string, std::string>>& known) const {
    const std::map<std::string, std::string> hashes(known.begin(), known.end());
    std::string sums;
    for (const auto& path : filesIn(dir)) {
        const auto found = hashes.find(path);
        auto hash = found == hashes.end() ? hashOfFile(dir / path) : Result<std::string>(found->second);
        if (!hash) return tl::unexpected(hash.error());
        sums += *hash + "  " + path + "\n";
    }
    return base::writeFileAtomically(dir / kSums, sums, 0600);
}

Result<std::vector<fs::path>> BackupSet::verify() const {
    std::ifstream sums(dir / kSums, std::ios::binary);
    if (!sums) return damaged(dir / kSums, "missing");
    std::set<fs::path> sound;
    for (std::string line; std::getline(sums, line);)
        if (auto fits = checkLine(dir, line, sound); !fits) return tl::unexpected(fits.error());
    for (const auto* file : {Storage::kCityFile, Storage::kReportsFile, kAbout})
        if (!sound.contains(file)) return damaged(dir / file, "not in SHA256SUMS");
    for (const auto* file : {Storage::kCityFile, Storage::kReportsFile})
        if (auto fits = checkDatabase(dir / file); !fits) return tl::unexpected(fits.error());
    return std::vector<fs::path>(sound.begin(), sound.end());
}

Result<void> checkDatabase(const fs::path& file) {
    std::string verdict;
    auto ran = store::Database::guarded([&] {
        auto db = store::openImmutable(file);
        verdict = db.execAndGet("PRAGMA quick_check(1)").getString();
    });
    if (!ran) return damaged(file, "unreadable");
    if (verdict != "ok") return damaged(file, "quick_check");
    return {};
}

Result<std::size_t> pruneBackups(const fs::path& dir, std::size_t keep) {
    const auto sets = BackupSet::in(dir);
    std::size_t pruned = 0;
    for (; pruned + keep < sets.size(); ++pruned) {
        const auto going = BackupSet::unfinished(sets[pruned]);
        std::error_code error;
        fs::rename(sets[pruned], going, error);
        if (!error) fs::remove_all(going, error);
        if (error) return tl::unexpected(base::fileProblem(error.value(), sets[pruned]));
    }
    return pruned;
}

void removeUnfinished(const fs::path& dir) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(dir, ignored))
        if (entry.path().filename().string().starts_with(kUnfinished)) fs::remove_all(entry.path(), ignored);
}

}  // namespace tram::gateway
