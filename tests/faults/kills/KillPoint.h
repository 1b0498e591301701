#pragma once
#include <sys/types.h>

#include "KillFile.h"

// Inside libkillpoint.so, which is loaded before everything else into the program under test.
namespace tram::kills {

/// The shared page; null in a program that was given none, where everything passes through.
KillFile* page();

enum class Call { Open, Write, Sync, Rename, Remove, Truncate, Send, Receive };

/// What a path is to its program. Both ends call a directory "attachments".
enum class File : std::uint8_t {
    None,
    Attachment,
    AttachmentDirectory,
    Enrolment,
    Pack,
    OutboxLog,
    CityLog,
    ReportsLog,
    CasesLog,
    Database
};
File fileOf(const char* path, int flags);

void remember(int fd, File file);
void forget(int fd);
Phase phaseOf(Call call, File file);
Phase phaseOf(Call call, int fd);
Phase phaseOfWrite(int fd, const void* bytes, std::size_t size);

/// What this thread says and hears over its connection: the first bytes of a request name it.
void heard(const void* bytes, ssize_t size);
void says(const void* bytes, std::size_t size);

/// One call that may be the last: the test decides by number, and whether before, half way or after.
class Point {
  public:
    explicit Point(Phase phase);
    void before() const {
        if (here_ && how_ == How::Before) die();
    }
    bool torn() const { return here_ && how_ == How::Torn; }
    void after() const {
        if (here_) die();
    }

  private:
    [[noreturn]] void die() const;
    Phase phase_;
    bool here_ = false;
    How how_ = How::Before;
};

}  // namespace tram::kills
