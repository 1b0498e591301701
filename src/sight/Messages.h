#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/Secret.h"

namespace tram::sight {

// What the kiosk and `tram-camera watch` say to each other. One message is one datagram on a SOCK_SEQPACKET
// pair: the version's four bytes, a kind, its members (little-endian). Neither side believes the other: what
// is not exactly one of these is refused, and the other end is then done for.

enum class Source : std::uint8_t { Device = 1, Video, Folder, Scene };
enum class CodeFormat : std::uint8_t { Qr = 1, Code128 };
/// What would help; one at a time, the most useful first.
enum class Hint : std::uint8_t { None = 0, MoreLight, LessLight, Closer, Farther, HoldStill };
/// How the source is. Missing, Busy and Unfit are last words: the process ends by itself.
enum class Condition : std::uint8_t { Running = 1, Missing, Busy, Unfit, Black, Frozen };

// To the camera.

/// The first message. With it comes the frames' memory (sight/FrameMemory.h) by SCM_RIGHTS.
struct Start {
    Source source = Source::Scene;
    int turned = 0;    ///< 0, 90, 180, 270: how far clockwise a picture must be turned to stand upright
    std::string path;  ///< of the device, video or folder; "" for the scene
    /// Things of the scene that were read in earlier looks: it goes on with the next.
    std::uint8_t shown = 0;
};
struct Release {  ///< this slot may be written again
    std::uint8_t slot = 0;
};
struct Take {};        ///< the next frame as a picture, in full size
struct PictureHad {};  ///< the picture's memory may be written again

// To the kiosk.

/// A preview stands in `slot`: width × height × 3 bytes, RGB, row after row without gaps.
struct Frame {
    std::uint8_t slot = 0;
    std::uint16_t width = 0, height = 0;
    std::uint32_t number = 0;
};
struct Corner {
    std::uint16_t x = 0, y = 0;  ///< 0…65535 over the frame's width and height
};
/// A code that enough readings agreed on. `text` is UTF-8; empty when the code holds none (binary, another
/// charset, part of a sequence).
struct Code {
    CodeFormat format = CodeFormat::Qr;
    std::array<Corner, 4> corners{};  ///< clockwise from the symbol's own top left
    base::SecretText text;
    std::uint32_t number = 0;  ///< from 1 on; the same code bears the same one when it is told again
};
/// All codes that are in view now, by their numbers, after those of this frame have been told: they are to be
/// judged together. Said whenever that changes.
struct InView {
    std::vector<std::uint32_t> numbers;  ///< kMostInView at most
};
struct Advice {
    Hint hint = Hint::None;
};
struct State {
    Condition condition = Condition::Running;
};
struct Alive {};  ///< at least twice a second when there is nothing else to say
/// A picture stands in the picture's memory: a JPEG, and right behind it a small one. 0 bytes: it failed.
struct Picture {
    std::uint16_t width = 0, height = 0;
    std::uint32_t jpegBytes = 0, thumbnailBytes = 0;
};

using ToCamera = std::variant<Start, Release, Take, PictureHad>;
using ToKiosk = std::variant<Frame, Code, Advice, State, Alive, Picture, InView>;

constexpr std::size_t kMaxMessage = 12 * 1024;
constexpr std::size_t kMaxPath = 1024;
constexpr std::size_t kMaxCodeText = 8 * 1024;  ///< the largest QR code holds 7,089 digits
constexpr std::size_t kMostInView = 32;
constexpr int kSlots = 3;
constexpr int kMaxPreviewSide = 960;
constexpr std::uint32_t kMaxPictureSide = 2048;

std::vector<unsigned char> toBytes(const ToCamera& message);
/// Wiped by the caller's Secret: a code's text is in it.
base::SecretBytes toBytes(const ToKiosk& message);
/// Nothing unless the bytes are exactly one message with every member within its bounds.
std::optional<ToCamera> readToCamera(std::span<const unsigned char> bytes);
std::optional<ToKiosk> readToKiosk(std::span<const unsigned char> bytes);

}  // namespace tram::sight
