#pragma once
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "TempDir.h"

namespace tram::test {

/// A program that runs while this lives. Its standard output is a file.
class Program {
  public:
    Program(std::vector<std::string> command, const std::filesystem::path& output) {
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        std::vector<char*> arguments;
        for (auto& part : command) arguments.push_back(part.data());
        arguments.push_back(nullptr);
        if (posix_spawn(&pid_, arguments[0], &files, nullptr, arguments.data(), environ) != 0)
            throw std::runtime_error(command[0]);
        posix_spawn_file_actions_destroy(&files);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() { end(); }
    void end(int signal = SIGKILL) {
        if (pid_ <= 0) return;
        kill(pid_, signal);
        waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }

  private:
    pid_t pid_ = -1;
};

/// Looks every few milliseconds: what other people's programs do tells nobody that it is done.
template <class Done>
bool soon(Done done, std::chrono::seconds patience = std::chrono::seconds(30)) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!done()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

/// CUPS itself, as the demo runs it (installer/demo/paper.py), with a printer whose pages are files.
class PrintRoom {
  public:
    /// `ippUri`: of a printer behind a second queue, "ipp".
    explicit PrintRoom(const std::string& ippUri = "") : ippUri_(ippUri) {
        std::filesystem::permissions(dir_.path(), std::filesystem::perms(0755));  // CUPS is no root's
        start();
    }
    ~PrintRoom() { stop(); }

    std::filesystem::path socket() const { return cups() / "cups.sock"; }
    std::vector<std::string> pages() const {
        std::vector<std::string> read;
        for (int i = 1; std::filesystem::exists(page(i)); ++i) {
            std::ifstream file(page(i), std::ios::binary);
            read.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
        return read;
    }
    /// As of installer/demo/paper_backend.sh; "" = all is well.
    void trouble(const std::string& word) const {
        const auto file = cups() / "pages/trouble";
        std::ofstream(dir_ / "trouble") << word;
        std::filesystem::rename(dir_ / "trouble", file);  // never half of it
        std::filesystem::permissions(file, std::filesystem::perms(0644));
    }
    /// Files of jobs: documents (d…) and records (c…).
    std::set<std::string> spool() const {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(cups() / "spool"))
            if (entry.is_regular_file()) names.insert(entry.path().filename());
        return names;
    }
    bool spoolEmpty() const {
        return soon([this] { return spool().empty(); });
    }
    bool waitsFor(const std::string& part) const {
        return soon([&] {
            for (const auto& name : spool())
                if (name.starts_with(part)) return true;
            return false;
        });
    }
    void stop() { cupsd_.reset(); }

  private:
    std::filesystem::path cups() const { return dir_ / "cups"; }
    std::filesystem::path page(int i) const { return cups() / ("pages/page-" + std::to_string(i) + ".pdf"); }
    void start() {
        std::vector<std::string> command{"/usr/bin/python3", "-B", TRAM_SOURCE_DIR "/installer/demo/paper.py",
                                         cups().string()};
        if (!ippUri_.empty()) command.insert(command.end(), {"--ipp", ippUri_});
        cupsd_ = std::make_unique<Program>(command, dir_ / "cupsd.log");
        if (!soon([this] { return answers(); })) throw std::runtime_error("cupsd does not answer");
    }
    bool answers() const {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        socket().string().copy(at.sun_path, sizeof at.sun_path - 1);
        const int line = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool fine = connect(line, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
        close(line);
        return fine;
    }

    TempDir dir_;
    std::string ippUri_;
    std::unique_ptr<Program> cupsd_;
};

}  // namespace tram::test
