#include "tests/faults/disk/Journal.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace tram::faults {

namespace fs = std::filesystem;
using Kind = Journal::Op::Kind;

namespace {

constexpr std::uint64_t kSector = 512;

std::string parentOf(const std::string& path) {
    return fs::path(path).parent_path().string();
}

bool isName(const Journal::Op& op) {
    return op.kind == Kind::Create || op.kind == Kind::MakeDirectory || op.kind == Kind::Rename ||
           op.kind == Kind::Unlink;
}

void put(std::string& content, std::uint64_t offset, std::string_view bytes) {
    if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size(), '\0');
    content.replace(offset, bytes.size(), bytes);
}

/// Up to which operation each sector of a file came to the disk before the power went.
class Cuts {
  public:
    Cuts(std::size_t synced, std::size_t point, std::mt19937_64& random)
        : synced_(synced), point_(point), random_(random) {}
    bool reached(std::uint64_t sector, std::size_t op) {
        const auto [cut, isNew] = cuts_.try_emplace(sector, 0);
        if (isNew) cut->second = std::uniform_int_distribution<std::size_t>(synced_, point_)(random_);
        return op < cut->second;
    }
    static constexpr std::uint64_t kLength = ~std::uint64_t{0};  ///< stands for the file's size

  private:
    std::size_t synced_, point_;
    std::mt19937_64& random_;
    std::map<std::uint64_t, std::size_t> cuts_;
};

void putTorn(std::string& content, const Journal::Op& op, std::size_t index, Cuts& cuts) {
    for (std::uint64_t at = op.offset, end = op.offset + op.bytes.size(); at < end;) {
        const std::uint64_t next = std::min(end, (at / kSector + 1) * kSector);
        if (cuts.reached(at / kSector, index))
            put(content, at, std::string_view(op.bytes).substr(at - op.offset, next - at));
        at = next;
    }
}

}  // namespace

void Image::restore(const std::string& root) const {
    fs::remove_all(root);
    fs::create_directories(root);
    for (const auto& directory : directories) fs::create_directories(directory);
    for (const auto& [path, bytes] : files) {
        std::ofstream out(path, std::ios::binary);
        out << bytes;
        if (!out.flush()) throw std::runtime_error("cannot write " + path);
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    }
}

Journal::Journal(Image before) : before_(std::move(before)) {
    for (const auto& [path, bytes] : before_.files) {
        names_[path] = files_++;
        contentBefore_.push_back(bytes);
    }
}

int Journal::create(const std::string& path) {
    names_[path] = files_;
    add({Kind::Create, files_, path, {}, {}, 0});
    return files_++;
}

int Journal::fileAt(const std::string& path) const {
    const auto found = names_.find(path);
    return found == names_.end() ? -1 : found->second;
}

void Journal::write(int file, std::uint64_t offset, std::string_view bytes) {
    add({Kind::Write, file, {}, {}, std::string(bytes), offset});
}

void Journal::truncate(int file, std::uint64_t size) {
    add({Kind::Truncate, file, {}, {}, {}, size});
}

void Journal::sync(int file) {
    add({Kind::Sync, file, {}, {}, {}, 0});
}

void Journal::makeDirectory(const std::string& path) {
    add({Kind::MakeDirectory, -1, path, {}, {}, 0});
}

void Journal::rename(const std::string& from, const std::string& to) {
    const auto found = names_.find(from);
    if (found == names_.end()) return;  // SQLite's -shm, which is worth nothing after a power cut
    add({Kind::Rename, found->second, from, to, {}, 0});
    names_[to] = found->second;
    names_.erase(from);
}

void Journal::unlink(const std::string& path) {
    if (names_.erase(path) > 0) add({Kind::Unlink, -1, path, {}, {}, 0});
}

void Journal::syncDirectory(const std::string& path) {
    add({Kind::SyncDirectory, -1, path, {}, {}, 0});
}

std::vector<bool> Journal::keptNames(std::size_t point, Loss loss, std::mt19937_64& random) const {
    std::vector<bool> kept(point, true);
    std::set<std::string> synced;
    for (std::size_t i = point; i-- > 0;) {
        if (ops_[i].kind == Kind::SyncDirectory) synced.insert(ops_[i].path);
        if (!isName(ops_[i]) || synced.contains(parentOf(ops_[i].path))) continue;
        kept[i] = loss == Loss::Nothing || (loss == Loss::Some && random() % 2 == 0);
    }
    return kept;
}

std::string Journal::contentOf(int file, std::size_t point, Loss loss, std::mt19937_64& random) const {
    std::string content = file < static_cast<int>(contentBefore_.size()) ? contentBefore_[file] : "";
    std::size_t synced = 0;
    for (std::size_t i = 0; i < point; ++i)
        if (ops_[i].kind == Kind::Sync && ops_[i].file == file) synced = i;
    // Most files are lost or kept in one piece; the others in any mixture.
    const auto fate = loss == Loss::Some ? random() % 4 : loss == Loss::All ? 0 : 1;
    Cuts cuts(synced, fate == 0 ? synced : point, random);
    for (std::size_t i = 0; i < point; ++i) {
        const Op& op = ops_[i];
        if (op.file != file || (i > synced && fate == 0)) continue;
        const bool torn = i > synced && fate > 1;
        if (op.kind == Kind::Write && !torn) put(content, op.offset, op.bytes);
        if (op.kind == Kind::Write && torn) putTorn(content, op, i, cuts);
        if (op.kind == Kind::Truncate && (!torn || cuts.reached(Cuts::kLength, i)))
            content.resize(op.offset, '\0');
    }
    return content;
}

Image Journal::after(std::size_t point, Loss loss, std::mt19937_64& random) const {
    std::map<std::string, int> names;
    std::set<std::string> directories = before_.directories;
    int number = 0;
    for (const auto& [path, bytes] : before_.files) names[path] = number++;
    const auto kept = keptNames(point, loss, random);
    for (std::size_t i = 0; i < point; ++i) {
        const Op& op = ops_[i];
        if (!isName(op) || !kept[i]) continue;
        if (op.kind == Kind::MakeDirectory) directories.insert(op.path);
        if (op.kind == Kind::Create) names[op.path] = op.file;
        if (op.kind == Kind::Rename || op.kind == Kind::Unlink) names.erase(op.path);
        if (op.kind == Kind::Rename) names[op.to] = op.file;
    }
    // What stands in a directory that is gone is gone with it.
    std::erase_if(directories, [&](const auto& path) {
        for (std::size_t i = 0; i < point; ++i)
            if (ops_[i].kind == Kind::MakeDirectory && path.starts_with(ops_[i].path + "/") &&
                !directories.contains(ops_[i].path))
                return true;
        return false;
    });
    Image image{{}, directories};
    for (const auto& [path, file] : names)
        if (directories.contains(parentOf(path))) image.files[path] = contentOf(file, point, loss, random);
    return image;
}

}  // namespace tram::faults
