// SQLite's files: a VFS (sqlite.org/vfs.html) around the real unix one.
#include "tests/faults/disk/FaultyVfs.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <new>

namespace tram::faults {
namespace {

FaultyDisk* current = nullptr;  // SQLite's callbacks for directories carry no context

struct File {
    sqlite3_file head;
    int number;  ///< in the journal; -1: not watched
    int lastError = 0;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* own(sqlite3_file* file) {
    return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return own(file)->real();
}
const sqlite3_io_methods& methods(sqlite3_file* file) {
    return *real(file)->pMethods;
}

bool fails(sqlite3_file* file) {
    const bool failing = own(file)->number >= 0 && current->faults.hit();
    if (failing) own(file)->lastError = errno;
    return failing;
}

int writeCode() {
    return errno == ENOSPC ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int xWrite(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    const bool failing = fails(file);
    const int code = failing ? writeCode() : SQLITE_OK, error = errno;
    if (failing) size /= 2;
    const int done = methods(file).xWrite(real(file), bytes, size, offset);
    if (done == SQLITE_OK && own(file)->number >= 0)
        current->journal.write(own(file)->number, static_cast<std::uint64_t>(offset),
                               {static_cast<const char*>(bytes), static_cast<std::size_t>(size)});
    errno = error;
    return failing ? code : done;
}

int xTruncate(sqlite3_file* file, sqlite3_int64 size) {
    if (fails(file)) return SQLITE_IOERR_TRUNCATE;
    if (own(file)->number >= 0)
        current->journal.truncate(own(file)->number, static_cast<std::uint64_t>(size));
    return methods(file).xTruncate(real(file), size);
}

int xSync(sqlite3_file* file, int flags) {
    if (fails(file)) return SQLITE_IOERR_FSYNC;
    if (own(file)->number >= 0 && !current->forgets.sqliteSyncs) current->journal.sync(own(file)->number);
    return methods(file).xSync(real(file), flags);
}

int xShmMap(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
    // Asked for at each read; only what extends it can run out of space.
    if (extend != 0 && fails(file)) return SQLITE_IOERR_SHMSIZE;
    return methods(file).xShmMap(real(file), region, size, extend, memory);
}

int xFileControl(sqlite3_file* file, int operation, void* argument) {
    const bool ours = operation == SQLITE_FCNTL_LAST_ERRNO && own(file)->lastError != 0;
    if (ours) *static_cast<int*>(argument) = own(file)->lastError;
    return ours ? SQLITE_OK : methods(file).xFileControl(real(file), operation, argument);
}

const sqlite3_io_methods* ioMethods() {
    static const sqlite3_io_methods io{
        3,
        [](sqlite3_file* f) { return methods(f).xClose(real(f)); },
        [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
            return methods(f).xRead(real(f), to, n, at);
        },
        xWrite,
        xTruncate,
        xSync,
        [](sqlite3_file* f, sqlite3_int64* size) { return methods(f).xFileSize(real(f), size); },
        [](sqlite3_file* f, int lock) { return methods(f).xLock(real(f), lock); },
        [](sqlite3_file* f, int lock) { return methods(f).xUnlock(real(f), lock); },
        [](sqlite3_file* f, int* out) { return methods(f).xCheckReservedLock(real(f), out); },
        xFileControl,
        [](sqlite3_file* f) { return methods(f).xSectorSize(real(f)); },
        [](sqlite3_file* f) { return methods(f).xDeviceCharacteristics(real(f)); },
        xShmMap,
        [](sqlite3_file* f, int at, int n, int flags) { return methods(f).xShmLock(real(f), at, n, flags); },
        [](sqlite3_file* f) { methods(f).xShmBarrier(real(f)); },
        [](sqlite3_file* f, int gone) { return methods(f).xShmUnmap(real(f), gone); },
        [](sqlite3_file* f, sqlite3_int64 at, int n, void** to) {
            return methods(f).xFetch(real(f), at, n, to);
        },
        [](sqlite3_file* f, sqlite3_int64 at, void* from) { return methods(f).xUnfetch(real(f), at, from); }};
    return &io;
}

int xOpen(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* outFlags) {
    File* made = new (file) File{{nullptr}, -1};
    struct stat info{};
    const bool watched = current->watches(name), isNew = watched && ::stat(name, &info) != 0;
    if (isNew && (flags & SQLITE_OPEN_CREATE) != 0 && current->faults.hit()) return SQLITE_CANTOPEN;
    auto* vfs = current->real();
    const int done = vfs->xOpen(vfs, name, made->real(), flags, outFlags);
    if (done != SQLITE_OK) return done;
    made->head.pMethods = ioMethods();
    if (watched) made->number = isNew ? current->journal.create(name) : current->journal.fileAt(name);
    return done;
}

int xDelete(sqlite3_vfs*, const char* name, int syncDirectory) {
    auto* vfs = current->real();
    if (current->watches(name)) current->journal.unlink(name);
    return vfs->xDelete(vfs, name, syncDirectory);
}

using OpenDirectory = int (*)(const char*, int*);
OpenDirectory realOpenDirectory = nullptr;

/// The unix VFS syncs a directory right after it has opened it, and opens it for nothing else.
int openDirectory(const char* file, int* descriptor) {
    if (current->watches(file) && !current->forgets.directorySyncs)
        current->journal.syncDirectory(std::filesystem::path(file).parent_path());
    return realOpenDirectory(file, descriptor);
}

void hookDirectories(sqlite3_vfs* vfs) {
    realOpenDirectory = reinterpret_cast<OpenDirectory>(vfs->xGetSystemCall(vfs, "openDirectory"));
    vfs->xSetSystemCall(vfs, "openDirectory", reinterpret_cast<sqlite3_syscall_ptr>(openDirectory));
}

}  // namespace

FaultyDisk::FaultyDisk(std::string root)
    : root_(std::move(root)), real_(sqlite3_vfs_find("unix")), instead_(*this) {
    current = this;
    vfs_ = *real_;
    vfs_.zName = "tram-faulty";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_.pNext = nullptr;
    vfs_.xOpen = xOpen;
    vfs_.xDelete = xDelete;
    vfs_.xGetLastError = [](sqlite3_vfs*, int, char*) { return errno; };
    hookDirectories(real_);
    sqlite3_vfs_register(&vfs_, 1);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(&vfs_);
    real_->xSetSystemCall(real_, "openDirectory", nullptr);
    sqlite3_vfs_register(real_, 1);
    current = nullptr;
}

}  // namespace tram::faults
