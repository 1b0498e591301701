// What kiosk and tram-camera say to each other, and a video's frames before they are decoded.
#include <cstring>

#include "Input.h"
#include "scan/AviFrames.h"
#include "sight/FrameMemory.h"

using namespace tram;

namespace {

std::span<const unsigned char> bytesOf(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

bool same(std::span<const unsigned char> one, std::span<const unsigned char> other) {
    return one.size() == other.size() && std::memcmp(one.data(), other.data(), one.size()) == 0;
}

void toCamera(std::span<const unsigned char> bytes) {
    const auto message = sight::readToCamera(bytes);
    if (!message) return;
    must(same(sight::toBytes(*message), bytes), "what was read is written the same");
    must(!sight::readToKiosk(bytes), "and is for one side only");
    if (const auto* start = std::get_if<sight::Start>(&*message))
        must(start->path.find('\0') == start->path.npos && start->turned % 90 == 0, "a start makes sense");
    if (const auto* release = std::get_if<sight::Release>(&*message))
        must(release->slot < sight::kSlots, "no slot beyond the memory");
}

void toKiosk(std::span<const unsigned char> bytes) {
    const auto message = sight::readToKiosk(bytes);
    if (!message) return;
    must(same(sight::toBytes(*message).reveal(), bytes), "what was read is written the same");
    if (const auto* frame = std::get_if<sight::Frame>(&*message))
        must(
            frame->slot < sight::kSlots && std::size_t{3} * frame->width * frame->height <= sight::kSlotBytes,
            "no frame beyond its slot");
    if (const auto* picture = std::get_if<sight::Picture>(&*message))
        must(std::size_t{picture->jpegBytes} + picture->thumbnailBytes <= sight::kPictureBytes,
             "no picture beyond the memory");
}

void avi(std::span<const unsigned char> bytes) {
    const auto frames = scan::aviFrames(bytes, 50);
    if (!frames) return;
    must(scan::isAvi(bytes) && frames->size() <= 50 && !frames->empty(), "a video has frames, not too many");
    const auto* last = bytes.data();
    for (const auto& frame : *frames) {
        must(frame.data() >= last && frame.data() + frame.size() <= bytes.data() + bytes.size(),
             "each after the other, within the file");
        must(frame[0] == 0xFF && frame[1] == 0xD8, "and each a JPEG");
        last = frame.data() + frame.size();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    const auto kind = input.choose(3);
    const auto bytes = bytesOf(input.rest());
    kind == 0 ? toCamera(bytes) : kind == 1 ? toKiosk(bytes) : avi(bytes);
    return 0;
}
