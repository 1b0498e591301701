#pragma once
#include <unistd.h>

#include <filesystem>
#include <string>

namespace tram::faults {

/// Room for one station's data directory, gone with the test: on tmpfs where there is one, as a sync costs
/// nothing there and the journal alone says what is durable.
class Place {
  public:
    Place() : path_(scratch() / ("tram-disk-" + std::to_string(::getpid()) + "-" + std::to_string(next_++))) {
        std::filesystem::create_directories(path_);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string root() const { return path_.string(); }
    std::filesystem::path data() const { return path_ / "data"; }

  private:
    static std::filesystem::path scratch() {
        return std::filesystem::is_directory("/dev/shm") ? "/dev/shm"
                                                         : std::filesystem::temp_directory_path();
    }
    static inline int next_ = 0;
    std::filesystem::path path_;
};

}  // namespace tram::faults
