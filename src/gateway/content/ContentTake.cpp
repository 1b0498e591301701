#include "gateway/content/ContentTake.h"

#include <algorithm>
#include <map>

#include "base/Disk.h"
#include "base/FileLock.h"
#include "base/Files.h"
#include "crypto/FileHash.h"
#include "gateway/content/PackShelf.h"
#include "gateway/storage/FileCopy.h"
#include "pack/PackFile.h"
#include "trust/Documents.h"
#include "trust/Trust.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::fail;
using base::ProblemKind;
using base::Result;
using trust::Manifest;
using trust::Trust;

constexpr std::string_view kSqlite = "SQLite format 3";

struct Given {
    std::map<int, std::string> roots;  ///< by version, which is only looked at to put them in order
    std::string manifest;
    std::vector<fs::path> packs;
};

template <class T>
Result<T> ofFile(Result<T> result, const fs::path& file) {
    if (!result && result.error().fact("path").empty())
        result.error().facts.emplace_back("path", file.string());
    return result;
}

Result<void> addDocument(Given& given, std::string bytes) {
    const auto document = wire::Cosigned::parse(bytes);
    if (!document) return tl::unexpected(document.error());
    if (document->payloadType == trust::Root::kPayloadType) {
        const auto root = trust::Root::parse(document->payload);
        if (!root) return tl::unexpected(root.error());
        given.roots[root->version] = std::move(bytes);
        return {};
    }
    if (document->payloadType != Manifest::kPayloadType) return fail(ProblemKind::Malformed);
    if (!given.manifest.empty()) return fail(ProblemKind::Conflict, {{"expected", "one manifest"}});
    given.manifest = std::move(bytes);
    return {};
}

Result<void> add(Given& given, const fs::path& file) {
    auto bytes = base::readFile(file, trust::kMaxDocument);
    if (!bytes && bytes.error().kind != ProblemKind::TooLarge) return tl::unexpected(bytes.error());
    if (bytes && !bytes->starts_with(kSqlite)) return addDocument(given, std::move(*bytes));
    given.packs.push_back(file);
    return {};
}

Result<Given> sortOut(const std::vector<fs::path>& files) {
    Given given;
    for (const auto& file : files)
        if (auto added = ofFile(add(given, file), file); !added) return tl::unexpected(added.error());
    return given;
}

/// A directory in which trust::Trust keeps what it judges, gone afterwards.
class Scratch {
  public:
    explicit Scratch(fs::path dir) : dir_(std::move(dir)) { clear(); }
    ~Scratch() { clear(); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const fs::path& dir() const { return dir_; }

  private:
    void clear() const {
        std::error_code ignored;
        fs::remove_all(dir_, ignored);
    }
    fs::path dir_;
};

class Taking {
  public:
    Taking(const ContentOrder& order, Given given)
        : order_(order), dir_(order.dir), given_(std::move(given)), shelf_(dir_), scratch_(dir_ / "taking") {}

    Result<ContentTaken> run(base::WallTime now) {
        if (auto judged = judge(now); !judged) return tl::unexpected(judged.error());
        if (auto placed = placePacks(); !placed) return tl::unexpected(placed.error());
        if (auto published = publish(); !published) return tl::unexpected(published.error());
        tidy();
        return done_;
    }

  private:
    std::string manifestInForce() const {
        const auto document = shelf_.manifest();
        return document ? document->bytes : "";
    }

    /// Nothing of it is published yet.
    Result<void> judge(base::WallTime now) {
        const auto first = beginning();
        if (!first) return tl::unexpected(first.error());
        if (auto made = base::makeDirectories(scratch_.dir()); !made) return made;
        if (auto kept = base::writeFileAtomically(scratch_.dir() / "content.json", manifestInForce()); !kept)
            return kept;
        auto trust = Trust::open(scratch_.dir(), *first);
        if (trust) trust = follow(std::move(*trust), *first);
        if (!trust) return tl::unexpected(trust.error());
        done_.rootVersion = trust->root().version;
        return judgeManifest(*trust, now);
    }

    /// The newest root there is, or the first one ever.
    Result<std::string> beginning() {
        if (const int newest = shelf_.newestRoot(); newest > 0)
            return base::readFile(PackShelf::rootFile(dir_, newest), trust::kMaxDocument);
        if (given_.roots.empty()) return fail(ProblemKind::Conflict, {{"expected", "a root"}});
        if (!order_.firstRoot)
            return fail(ProblemKind::Conflict,
                        {{"expected", "--first-root, once, from whoever vouches for it"}});
        const auto first = given_.roots.begin();
        if (const auto holds = trust::openRoot(first->second); !holds) return tl::unexpected(holds.error());
        newRoots_.insert(*first);
        return first->second;
    }

    Result<Trust> follow(Trust trust, const std::string& first) {
        for (const auto& [version, bytes] : given_.roots) {
            if (bytes == first || shelf_.root(version) == bytes) continue;
            if (auto taken = trust.takeRoot(bytes); !taken) return tl::unexpected(taken.error());
            newRoots_.emplace(version, bytes);
        }
        return Trust::open(scratch_.dir(), first);  // what former keys signed is forgotten with them
    }

    Result<void> judgeManifest(const Trust& trust, base::WallTime now) {
        if (given_.manifest.empty() && !trust.content() && !manifestInForce().empty())
            return fail(ProblemKind::Conflict, {{"expected", "a manifest that the new root's keys signed"}});
        if (!given_.manifest.empty()) {
            auto manifest = trust.judgeContent(given_.manifest, now);
            if (!manifest) return tl::unexpected(manifest.error());
            manifest_ = std::move(*manifest);
        } else if (trust.content()) {
            manifest_ = *trust.content();
        }
        done_.version = manifest_.version;
        return {};
    }

    Result<void> placePacks() {
        if (auto made = base::makeDirectories(dir_ / "packs"); !made) return made;
        for (const auto& file : given_.packs)
            if (auto placed = ofFile(place(file), file); !placed) return placed;
        for (const auto& pack : manifest_.packs)
            if (!fs::exists(PackShelf::packFile(dir_, pack.sha256)))
                return fail(ProblemKind::FileMissing, {{"key", pack.name}});
        return base::syncDirectory(dir_ / "packs");
    }

    /// Copied first, then looked at: nobody changes it in between.
    Result<void> place(const fs::path& file) {
        if (auto made = base::makeDirectories(scratch_.dir()); !made) return made;
        const auto copy = scratch_.dir() / "pack";
        std::error_code ignored;
        fs::remove(copy, ignored);
        if (auto copied = copyFile(fs::weakly_canonical(file), copy); !copied) return copied;
        const auto hash = crypto::sha256OfFile(copy);
        if (!hash) return tl::unexpected(hash.error());
        const auto named = std::ranges::find(manifest_.packs, *hash, &Manifest::Pack::sha256);
        if (named == manifest_.packs.end()) return fail(ProblemKind::NotFound);
        if (static_cast<std::uintmax_t>(named->bytes) != fs::file_size(copy))
            return fail(ProblemKind::BadSignature, {{"detail", "bytes"}});
        const auto opened = pack::PackFile::open(copy);
        if (!opened) return tl::unexpected(opened.error());
        if (opened->about().name != named->name) return fail(ProblemKind::Malformed, {{"detail", "name"}});
        const auto place = PackShelf::packFile(dir_, *hash);
        done_.packs += fs::exists(place) ? 0 : 1;
        if (base::disk().rename(copy, place) != 0) return tl::unexpected(base::fileProblem(errno, place));
        return {};
    }

    Result<void> publish() {
        if (auto made = base::makeDirectories(dir_ / "roots"); !made) return made;
        for (const auto& [version, bytes] : newRoots_)
            if (auto kept = base::writeFileAtomically(PackShelf::rootFile(dir_, version), bytes); !kept)
                return kept;
        done_.roots = newRoots_.size();
        const auto before = manifestInForce();
        if (given_.manifest.empty() || given_.manifest == before) return {};
        if (!before.empty())
            if (auto kept = base::writeFileAtomically(dir_ / "former.json", before); !kept) return kept;
        done_.manifest = true;
        return base::writeFileAtomically(dir_ / "packs.json", given_.manifest);
    }

    void tidy() const {
        std::error_code wrong;
        for (const auto& entry : fs::directory_iterator(dir_ / "packs", wrong))
            if (!shelf_.pack(entry.path().stem().string())) base::disk().unlink(entry.path());
    }

    const ContentOrder& order_;
    const fs::path& dir_;
    Given given_;
    PackShelf shelf_;
    Scratch scratch_;
    std::map<int, std::string> newRoots_;
    Manifest manifest_;
    ContentTaken done_;
};

}  // namespace

Result<ContentTaken> takeContent(const ContentOrder& order, base::WallTime now) {
    if (auto made = base::makeDirectories(order.dir); !made) return tl::unexpected(made.error());
    const auto alone = base::FileLock::take(order.dir / "lock");
    if (!alone) return tl::unexpected(alone.error());
    auto given = sortOut(order.files);
    if (!given) return tl::unexpected(given.error());
    return Taking(order, std::move(*given)).run(now);
}

}  // namespace tram::gateway
