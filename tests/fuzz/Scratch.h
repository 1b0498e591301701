#pragma once
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <string_view>

#include "Input.h"

/// A directory in memory, gone with the process; for what is only read from files.
class Scratch {
  public:
    Scratch() {
        std::string name =
            access("/dev/shm", W_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path().string();
        name += "/tram-fuzz-XXXXXX";
        must(mkdtemp(name.data()) != nullptr, "there is room for a scratch directory");
        path_ = name;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const char* name, std::string_view bytes) const {
        auto file = path_ / name;
        const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        must(fd >= 0 && ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
             "scratch files can be written");
        close(fd);
        return file;
    }

  private:
    std::filesystem::path path_;
};
