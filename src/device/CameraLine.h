#pragma once
#include <optional>

#include "base/Result.h"
#include "device/ChildProcess.h"
#include "device/KioskConfig.h"
#include "sight/FrameMemory.h"

namespace tram::device {

/// The first message to a camera as the configuration has it.
sight::Start startOf(const CameraConfig& config, std::uint8_t shown = 0);
/// What a screen is told; nothing for a camera that runs.
std::optional<base::ProblemKind> problemOf(sight::Condition condition);

/// One `tram-camera watch`: its process, the memory it writes frames to, and the socket between. Ending it
/// kills the process, and only then overwrites the memory.
class CameraLine {
  public:
    /// HelperFailed when anything of it cannot be had.
    static base::Result<CameraLine> open(const std::string& program, const sight::Start& start);
    CameraLine(CameraLine&&) noexcept = default;
    CameraLine& operator=(CameraLine&&) = delete;
    ~CameraLine();

    int socket() const { return socket_.get(); }
    const sight::FrameMemory& memory() const { return memory_; }

    enum class Heard { Message, Nothing, End, Nonsense };
    /// Does not block.
    Heard hear(std::optional<sight::ToKiosk>& message);
    /// False when the other end is gone, or has not listened for so long that there is no room.
    bool say(const sight::ToCamera& message);

  private:
    CameraLine(Descriptor socket, sight::FrameMemory memory, ChildProcess process)
        : socket_(std::move(socket)), memory_(std::move(memory)), process_(std::move(process)) {}

    Descriptor socket_;
    sight::FrameMemory memory_;
    std::optional<ChildProcess> process_;
};

}  // namespace tram::device
