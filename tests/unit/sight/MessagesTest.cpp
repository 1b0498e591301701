#include "sight/Messages.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <random>

#include "sight/FrameMemory.h"

using namespace tram;
using namespace tram::sight;

namespace {

template <class Message, class All>
std::optional<All> through(Message message) {
    if constexpr (std::is_same_v<All, ToCamera>) {
        return readToCamera(toBytes(ToCamera(std::move(message))));
    } else {
        return readToKiosk(toBytes(ToKiosk(std::move(message))).reveal());
    }
}

std::vector<unsigned char> bytesOf(ToKiosk message) {
    return toBytes(message).reveal();
}

Code code(std::string text) {
    Code made;
    made.format = CodeFormat::Code128;
    made.corners[2] = {65535, 7};
    made.number = 3;
    made.text = base::SecretText(std::move(text));
    return made;
}

}  // namespace

TEST_CASE("what one side says the other understands") {
    const auto start = through<Start, ToCamera>({Source::Device, 270, "/dev/video0", 3});
    REQUIRE(start);
    CHECK(std::get<Start>(*start).source == Source::Device);
    CHECK(std::get<Start>(*start).turned == 270);
    CHECK(std::get<Start>(*start).path == "/dev/video0");
    CHECK(std::get<Start>(*start).shown == 3);
    CHECK(std::get<Release>(*through<Release, ToCamera>({2})).slot == 2);
    CHECK(through<Take, ToCamera>({}));
    CHECK(through<PictureHad, ToCamera>({}));

    const auto frame = std::get<Frame>(*through<Frame, ToKiosk>({1, 960, 540, 70000}));
    CHECK(frame.slot == 1);
    CHECK(frame.width == 960);
    CHECK(frame.height == 540);
    CHECK(frame.number == 70000);
    const auto read = through<Code, ToKiosk>(code("Đường Hoà"));
    REQUIRE(read);
    CHECK(std::get<Code>(*read).text.reveal() == "Đường Hoà");
    CHECK(std::get<Code>(*read).format == CodeFormat::Code128);
    CHECK(std::get<Code>(*read).corners[2].x == 65535);
    CHECK(std::get<Code>(*read).corners[2].y == 7);
    CHECK(std::get<Code>(*read).number == 3);
    const std::vector<std::uint32_t> numbers{3, 70000};
    CHECK(std::get<InView>(*through<InView, ToKiosk>({numbers})).numbers == numbers);
    CHECK(through<InView, ToKiosk>({}));  // nothing any more
    CHECK(std::get<Advice>(*through<Advice, ToKiosk>({Hint::Closer})).hint == Hint::Closer);
    CHECK(std::get<State>(*through<State, ToKiosk>({Condition::Black})).condition == Condition::Black);
    CHECK(through<Alive, ToKiosk>({}));
    const auto picture = std::get<Picture>(*through<Picture, ToKiosk>({1280, 720, 300'000, 9'000}));
    CHECK(picture.width == 1280);
    CHECK(picture.jpegBytes == 300'000);
    CHECK(through<Picture, ToKiosk>({}));  // it failed
}

TEST_CASE("members out of bounds are no message") {
    CHECK_FALSE(through<Start, ToCamera>({Source::Device, 45, "/dev/video0"}));
    CHECK_FALSE(through<Start, ToCamera>({Source::Device, 360, "/dev/video0"}));
    CHECK_FALSE(through<Start, ToCamera>({Source::Device, 0, ""}));
    CHECK_FALSE(through<Start, ToCamera>({Source::Scene, 0, "/x"}));
    CHECK_FALSE(through<Start, ToCamera>({static_cast<Source>(9), 0, "/x"}));
    CHECK_FALSE(through<Start, ToCamera>({Source::Video, 0, std::string("/x\0y", 4)}));
    CHECK_FALSE(through<Start, ToCamera>({Source::Video, 0, std::string(kMaxPath + 1, 'x')}));
    CHECK_FALSE(through<Release, ToCamera>({kSlots}));
    CHECK_FALSE(through<Frame, ToKiosk>({kSlots, 10, 10, 1}));
    CHECK_FALSE(through<Frame, ToKiosk>({0, 0, 10, 1}));
    CHECK_FALSE(through<Frame, ToKiosk>({0, kMaxPreviewSide + 1, 10, 1}));
    CHECK_FALSE(through<Advice, ToKiosk>({static_cast<Hint>(6)}));
    CHECK_FALSE(through<State, ToKiosk>({static_cast<Condition>(0)}));
    CHECK_FALSE(through<State, ToKiosk>({static_cast<Condition>(7)}));
    CHECK(through<InView, ToKiosk>({std::vector<std::uint32_t>(kMostInView, 1)}));
    CHECK_FALSE(through<InView, ToKiosk>({std::vector<std::uint32_t>(kMostInView + 1, 1)}));
    auto unnumbered = code("x");
    unnumbered.number = 0;
    CHECK_FALSE(through<Code, ToKiosk>(std::move(unnumbered)));
    // A kiosk that believed these would read beyond the memory.
    CHECK_FALSE(through<Picture, ToKiosk>({1, 1, kMaxJpegBytes + 1, 1}));
    CHECK_FALSE(through<Picture, ToKiosk>({1, 1, 1, kMaxThumbnailBytes + 1}));
    CHECK_FALSE(through<Picture, ToKiosk>({1, 1, 1, 0}));
    CHECK_FALSE(through<Picture, ToKiosk>({kMaxPictureSide + 1, 1, 1, 1}));
    CHECK_FALSE(through<Picture, ToKiosk>({0, 0, 0, 5}));
}

TEST_CASE("a code's text is UTF-8 of bearable length, or empty") {
    CHECK(through<Code, ToKiosk>(code("")));
    CHECK(through<Code, ToKiosk>(code(std::string(kMaxCodeText, 'x'))));
    CHECK(through<Code, ToKiosk>(
        code(std::string("a\0\x01<script>", 10))));  // what it means is others' business
    CHECK_FALSE(through<Code, ToKiosk>(code(std::string(kMaxCodeText + 1, 'x'))));
    for (const char* bad : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE1\xBB"})
        CHECK_FALSE(through<Code, ToKiosk>(code(bad)));
}

TEST_CASE("a message is exactly one message of this version, to the right side") {
    const auto bytes = bytesOf(Frame{1, 960, 540, 5});
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(readToKiosk(std::span(bytes).first(size)));
    auto longer = bytes;
    longer.push_back(0);
    CHECK_FALSE(readToKiosk(longer));
    auto other = bytes;
    other[3] = '1';
    CHECK_FALSE(readToKiosk(other));
    CHECK_FALSE(readToCamera(bytes));
    CHECK_FALSE(readToKiosk(toBytes(ToCamera(Take{}))));
    CHECK_FALSE(readToKiosk(std::vector<unsigned char>(kMaxMessage + 1, 'C')));
}

TEST_CASE("noise is no message, and what is read is written the same") {
    std::mt19937 random(20261128);
    INFO("seed 20261128");
    int messages = 0;
    for (int i = 0; i < 20'000; ++i) {
        auto bytes = bytesOf(Frame{static_cast<std::uint8_t>(random() % 3), 640, 480, 1});
        for (auto flips = random() % 4; flips > 0; --flips)
            bytes[random() % bytes.size()] ^= static_cast<unsigned char>(1u << random() % 8);
        const auto message = readToKiosk(bytes);
        if (!message) continue;
        ++messages;
        REQUIRE(toBytes(*message).reveal() == bytes);
    }
    CHECK(messages > 1000);
}

TEST_CASE("the memory keeps the size that the kiosk gave it") {
    const auto memory = FrameMemory::make();
    REQUIRE(memory);
    CHECK(ftruncate(memory->fd(), 100) != 0);
    CHECK(ftruncate(memory->fd(), static_cast<off_t>(2 * kMemoryBytes)) != 0);
    auto other = FrameMemory::open(dup(memory->fd()));
    REQUIRE(other);
    other->slot(2)[kSlotBytes - 1] = 7;
    CHECK(memory->slot(2)[kSlotBytes - 1] == 7);
    other->picture()[kPictureBytes - 1] = 9;
    memory->wipe();
    CHECK(other->slot(2)[kSlotBytes - 1] == 0);
    CHECK(other->picture()[kPictureBytes - 1] == 0);
}

TEST_CASE("memory of another size, or that could shrink, is refused") {
    CHECK_FALSE(FrameMemory::open(-1));
    const int loose = memfd_create("loose", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    REQUIRE(ftruncate(loose, static_cast<off_t>(kMemoryBytes)) == 0);
    CHECK_FALSE(FrameMemory::open(dup(loose)));
    REQUIRE(fcntl(loose, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0);
    CHECK(FrameMemory::open(dup(loose)));
    close(loose);
    const int small = memfd_create("small", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    REQUIRE(fcntl(small, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0);
    CHECK_FALSE(FrameMemory::open(small));
}
