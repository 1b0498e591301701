#pragma once
#include <cstddef>

#include "sight/Messages.h"

namespace tram::sight {

// The memory that kiosk and camera share: kSlots previews, then one picture. The kiosk makes it and seals its
// size, because who shrinks a mapping kills its reader with SIGBUS.

constexpr std::size_t kSlotBytes = std::size_t{3} * kMaxPreviewSide * kMaxPreviewSide;
constexpr std::size_t kMaxJpegBytes = 4u << 20;
constexpr std::size_t kMaxThumbnailBytes = 1u << 18;
constexpr std::size_t kPictureBytes = kMaxJpegBytes + kMaxThumbnailBytes;
constexpr std::size_t kPictureAt = kSlots * kSlotBytes;
constexpr std::size_t kMemoryBytes = kPictureAt + kPictureBytes;

/// A mapping of it; unmapped when dropped.
class FrameMemory {
  public:
    /// A new one, all zero, with its size sealed. Nothing (and errno) when the kernel refuses.
    static std::optional<FrameMemory> make();
    /// What the kiosk sent: only of the right size, and sealed.
    static std::optional<FrameMemory> open(int fd);
    FrameMemory(FrameMemory&& other) noexcept;
    FrameMemory& operator=(FrameMemory&&) = delete;
    ~FrameMemory();

    int fd() const { return fd_; }
    unsigned char* slot(int number) const { return bytes_ + static_cast<std::size_t>(number) * kSlotBytes; }
    unsigned char* picture() const { return bytes_ + kPictureAt; }
    /// Overwrites everything: faces and cards were in it.
    void wipe() const;

  private:
    FrameMemory(int fd, unsigned char* bytes) : fd_(fd), bytes_(bytes) {}
    int fd_;
    unsigned char* bytes_;
};

}  // namespace tram::sight
