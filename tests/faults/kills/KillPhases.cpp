// Which phase a system call belongs to, by the file it touches and by what its thread is talking about.
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "KillPoint.h"

namespace tram::kills {
namespace {

constexpr int kMostFds = 4096;
File g_files[kMostFds];

enum class Talk : std::uint8_t { Nothing, Enrolling, Asking, Uploading, Posting, Other };

/// A thread of ours does one thing after the other: the agent's sender on its line, httplib on a connection.
struct Thread {
    Talk talk = Talk::Nothing;
    bool answered = false, opened = false;
};
thread_local Thread t_here;

bool endsWith(const char* text, const char* end) {
    const auto size = strlen(text), part = strlen(end);
    return size >= part && strcmp(text + size - part, end) == 0;
}

bool begins(const void* bytes, std::size_t size, const char* word) {
    return size >= strlen(word) && memcmp(bytes, word, strlen(word)) == 0;
}

bool mainThread() {
    return syscall(SYS_gettid) == getpid();
}

Talk talkOf(const void* bytes, std::size_t size) {
    if (begins(bytes, size, "HEAD /v1/attachments/")) return Talk::Asking;
    if (begins(bytes, size, "PUT /v1/attachments/")) return Talk::Uploading;
    if (begins(bytes, size, "POST /v1/actions")) return Talk::Posting;
    if (begins(bytes, size, "POST /v1/kiosks")) return Talk::Enrolling;
    for (const char* method : {"GET ", "HEAD ", "POST ", "PUT "})
        if (begins(bytes, size, method)) return Talk::Other;
    return Talk::Nothing;
}

Phase keeping(Call call, File file) {
    const bool agent = page()->plan.role == Role::Agent;
    switch (file) {
        case File::Attachment:
            return call == Call::Open     ? Phase::AttachmentOpened
                   : call == Call::Write  ? Phase::AttachmentWritten
                   : call == Call::Sync   ? Phase::AttachmentSynced
                   : call == Call::Rename ? Phase::AttachmentNamed
                                          : Phase::None;
        case File::AttachmentDirectory:
            return call == Call::Sync ? Phase::AttachmentListed : Phase::None;
        case File::Enrolment:
            return Phase::Enrolled;
        case File::Pack:
            return page()->plan.phase == Phase::Packed ? Phase::Packed : Phase::None;
        case File::OutboxLog:
            if (call == Call::Remove || call == Call::Truncate) return Phase::Checkpoint;
            if (call != Call::Write && call != Call::Sync) return Phase::None;
            if (agent && !(t_here.talk == Talk::Posting && t_here.answered)) return Phase::Noted;
            if (agent) return call == Call::Write ? Phase::Marked : Phase::MarkSynced;
            return call == Call::Write ? Phase::RowWritten : Phase::RowSynced;
        default:
            return file == File::Database && call != Call::Open ? Phase::Checkpoint : Phase::None;
    }
}

Phase ofCityLog(Call call) {
    if (t_here.talk == Talk::Uploading) return Phase::Reserved;
    if (t_here.talk == Talk::Posting) {
        if (t_here.opened) return Phase::Settled;
        return call == Call::Write ? Phase::EnvelopeWritten : Phase::EnvelopeSynced;
    }
    return t_here.talk == Talk::Nothing && mainThread() ? Phase::Recovered : Phase::Noted;
}

Phase ofReportsLog() {
    if (t_here.talk == Talk::Posting) {
        t_here.opened = true;
        return Phase::Opened;
    }
    return mainThread() ? Phase::Recovered : Phase::Numbered;
}

Phase taking(Call call, File file) {
    const bool writes = call == Call::Write || call == Call::Sync;
    switch (file) {
        case File::Attachment:
            return call == Call::Write    ? Phase::PartWritten
                   : call == Call::Sync   ? Phase::PartSynced
                   : call == Call::Rename ? Phase::PartNamed
                                          : Phase::None;
        case File::AttachmentDirectory:
            return call == Call::Sync ? Phase::PartListed : Phase::None;
        case File::CityLog:
            return writes ? ofCityLog(call) : Phase::None;
        case File::ReportsLog:
            return writes ? ofReportsLog() : Phase::None;
        case File::CasesLog:
            return writes ? Phase::Delivered : Phase::None;
        default:
            return file == File::Database && writes ? Phase::Checkpoint : Phase::None;
    }
}

Phase talking(Call call) {
    const bool send = call == Call::Send;
    if (page()->plan.role == Role::Gateway) {
        if (t_here.talk == Talk::Uploading) return send ? Phase::UploadTold : Phase::None;
        return t_here.talk == Talk::Posting && send ? Phase::Answered : Phase::None;
    }
    switch (t_here.talk) {
        case Talk::Enrolling:
            return Phase::Enrolled;
        case Talk::Asking:
            return send ? Phase::Asked : Phase::None;
        case Talk::Uploading:
            return send ? Phase::Upload : Phase::UploadAnswered;
        case Talk::Posting:
            return send ? Phase::Post : Phase::Acknowledged;
        default:
            return Phase::None;
    }
}

}  // namespace

File fileOf(const char* path, int flags) {
    if (strstr(path, "/attachments")) {
        if ((flags & O_DIRECTORY) != 0) return File::AttachmentDirectory;
        return endsWith(path, ".tmp") || endsWith(path, ".part") ? File::Attachment : File::None;
    }
    if (strstr(path, "/data/city/")) return File::Pack;
    for (const char* part : {"/kiosk.key", "/codes.key", "/enrolment.json"})
        if (strstr(path, part) && (flags & O_ACCMODE) != O_RDONLY) return File::Enrolment;
    if (endsWith(path, "/outbox.db-wal")) return File::OutboxLog;
    if (endsWith(path, "/gateway.db-wal")) return File::CityLog;
    if (endsWith(path, "/reports.db-wal")) return File::ReportsLog;
    if (endsWith(path, "/demo-1022.db-wal")) return File::CasesLog;
    return endsWith(path, ".db") ? File::Database : File::None;
}

void remember(int fd, File file) {
    if (fd >= 0 && fd < kMostFds) g_files[fd] = file;
}

void forget(int fd) {
    remember(fd, File::None);
}

Phase phaseOf(Call call, File file) {
    if (!page()) return Phase::None;
    if (call == Call::Send || call == Call::Receive) return talking(call);
    if (file == File::None) return Phase::None;
    return page()->plan.role == Role::Gateway ? taking(call, file) : keeping(call, file);
}

Phase phaseOf(Call call, int fd) {
    return phaseOf(call, fd >= 0 && fd < kMostFds ? g_files[fd] : File::None);
}

Phase phaseOfWrite(int fd, const void* bytes, std::size_t size) {
    const bool keeper = page() && page()->plan.role == Role::Kiosk;
    if (keeper && fd == kToldFd) return begins(bytes, size, "acknowledged") ? Phase::Told : Phase::None;
    return phaseOf(Call::Write, fd);
}

void heard(const void* bytes, ssize_t size) {
    if (!page() || size <= 0) return;
    if (page()->plan.role != Role::Gateway) {
        t_here.answered = true;
        return;
    }
    if (const Talk talk = talkOf(bytes, static_cast<std::size_t>(size)); talk != Talk::Nothing)
        t_here = {talk};
}

void says(const void* bytes, std::size_t size) {
    if (!page() || page()->plan.role == Role::Gateway) return;
    if (const Talk talk = talkOf(bytes, size); talk != Talk::Nothing) t_here = {talk};
}

}  // namespace tram::kills
