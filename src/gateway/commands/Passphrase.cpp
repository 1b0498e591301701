#include "gateway/commands/Passphrase.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

#include "base/Files.h"
#include "base/VietnameseText.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using base::SecretText;

constexpr std::size_t kLongest = 1024, kFewest = 20;

/// No echo while it lives.
class Unseen {
  public:
    Unseen() : terminal_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (terminal_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;
    ~Unseen() {
        if (!terminal_) return;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        std::cerr << '\n';
    }
    bool isTerminal() const { return terminal_; }

  private:
    termios before_{};
    bool terminal_;
};

/// The first line, without what ends it. One byte at a time, so that no buffer of a library keeps it.
SecretText readLine(int fd) {
    std::string text;
    text.reserve(kLongest + 1);
    for (char byte = 0; text.size() <= kLongest && ::read(fd, &byte, 1) == 1 && byte != '\n';) text += byte;
    if (text.ends_with('\r')) text.pop_back();
    return SecretText(std::move(text));
}

Result<SecretText> readFile(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return tl::unexpected(base::fileProblem(errno, path));
    struct stat info{};
    const bool closed = ::fstat(fd, &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) == 0;
    auto text = closed ? readLine(fd) : SecretText();
    ::close(fd);
    if (!closed) return base::fail(ProblemKind::KeyExposed, {{"path", path}, {"expected", "0600"}});
    return text;
}

Result<SecretText> ask(bool isNew) {
    const Unseen unseen;
    if (unseen.isTerminal()) std::cerr << "passphrase: " << std::flush;
    auto text = readLine(STDIN_FILENO);
    if (!isNew || !unseen.isTerminal()) return text;
    std::cerr << "\nagain: " << std::flush;
    if (readLine(STDIN_FILENO).reveal() == text.reveal()) return text;
    return base::fail(ProblemKind::Conflict, {{"key", "passphrase"}, {"expected", "the same twice"}});
}

}  // namespace

Result<SecretText> readPassphrase(const std::string& file, bool isNew) {
    auto text = file.empty() ? ask(isNew) : readFile(file);
    if (!text) return text;
    const auto length = base::characters(text->reveal());
    if (length == 0 || text->reveal().size() > kLongest || (isNew && length < kFewest))
        return base::fail(
            ProblemKind::OutOfRange,
            {{"key", "passphrase"}, {"expected", "20 characters or more, say six random words"}});
    return text;
}

}  // namespace tram::gateway
