#pragma once
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "base/Secret.h"
#include "device/ChildProcess.h"

namespace tram::device {

// What the helpers that hand pictures to tram-camera share.

/// The decoder's own bound, read when its library loads: the last line behind scan/'s check of the header.
const std::vector<std::string>& pictureEnvironment();

/// A plain file of a size worth starting for. PictureEmpty, PictureTooLarge, FileMissing, FileUnreadable,
/// without its name: what people call their pictures is nobody's business.
base::Result<Descriptor> openOriginal(const std::filesystem::path& file);

/// Memory that a process can be given as a file. Overwritten before it goes: a memfd's pages are freed, not
/// cleared.
class NamelessFile {
  public:
    /// PictureEmpty, PictureTooLarge; HelperFailed when there is no memory.
    static base::Result<NamelessFile> of(const base::SecretBytes& picture);
    NamelessFile(NamelessFile&& other) noexcept;
    NamelessFile& operator=(NamelessFile&&) = delete;
    ~NamelessFile();
    int get() const { return file_.get(); }

  private:
    NamelessFile(Descriptor file, std::size_t size) : file_(std::move(file)), size_(size) {}
    Descriptor file_;
    std::size_t size_;
};

/// One picture at a time in this process: each may take a gigabyte (camera/Confine.cpp), and several at once
/// a small machine's memory.
class PictureTurn {
  public:
    PictureTurn() : mine_(turn()) {}

  private:
    static std::mutex& turn();
    std::lock_guard<std::mutex> mine_;
};

/// Empty unless all of them came.
base::SecretBytes readBytes(ChildProcess& helper, std::size_t size, Deadline deadline);

}  // namespace tram::device
