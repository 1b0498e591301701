// Pictures, films, and what tram-camera and the kiosk say to each other about them.
#include "Corpus.h"
#include "base/TrackingCode.h"
#include "device/PageFrame.h"
#include "device/PictureFrame.h"
#include "sight/Messages.h"

namespace tram::seeds {

void picturesCorpus(Corpus into) {
    using namespace std::literals;
    into.add(
        0,
        "\xFF\xD8\xFF\xE1\x00\x22"
        "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
        "\xFF\xC0\x00\x0B\x08\x00\x10\x00\x20\x01\x01\x11\x00\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x00\xFF\xD9"sv);
    into.add(
        0,
        "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x10\0\0\0\x20\x08\x06\0\0\0\0\0\0\0\0\0\0\0IEND\xAE\x42\x60\x82"sv);
    into.add(0, "RIFF\x1A\0\0\0WEBPVP8X\x0A\0\0\0\x10\0\0\0\x0F\0\0\x1F\0\0\0\0"sv);
    device::PictureFrame frame;
    frame.width = 2048, frame.height = 1536, frame.jpegBytes = 400'000, frame.thumbnailBytes = 20'000;
    const auto bytes = frame.toBytes();
    into.add(1, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    device::PageFrame page;
    page.width = 1654, page.height = 2339, page.dpi = 200, page.jpegBytes = 400'000;
    page.thumbnailBytes = 20'000, page.turned = 90;
    const auto told = page.toBytes();
    into.add(2, {reinterpret_cast<const char*>(told.data()), told.size()});
    into.add(
        3,
        "\xFF\xD8\xFF\xE0\x00\x10JFIF\0\1\1\1\0\xC8\0\xC8\0\0\xFF\xC0\x00\x0B\x08\x00\x10\x00\x20\x01\x01\x11\x00"sv);
}

void cameraCorpus(Corpus into) {
    const auto text = [](const std::vector<unsigned char>& bytes) {
        return std::string(bytes.begin(), bytes.end());
    };
    const auto said = [&](sight::ToKiosk message) { return text(sight::toBytes(message).reveal()); };
    into.add(0, text(sight::toBytes(sight::Start{sight::Source::Device, 90, "/dev/video0"})));
    into.add(0, text(sight::toBytes(sight::Release{1})));
    into.add(0, text(sight::toBytes(sight::Take{})));
    into.add(1, said(sight::Frame{1, 960, 540, 7}));
    sight::Code code;
    code.text = base::SecretText("H29.26-20261109-0012345");
    code.number = 1;
    into.add(1, said(std::move(code)));
    into.add(1, said(sight::Advice{sight::Hint::Closer}));
    into.add(1, said(sight::State{sight::Condition::Black}));
    into.add(1, said(sight::Picture{1280, 720, 300'000, 9'000}));
    const auto chunk = [](std::string_view name, const std::string& content) {
        std::string size;
        for (int shift = 0; shift < 32; shift += 8) size += static_cast<char>(content.size() >> shift);
        return std::string(name) + size + content + (content.size() % 2 ? std::string(1, '\0') : "");
    };
    const auto frames =
        chunk("00dc", "\xFF\xD8 one") + chunk("01wb", "sound") + chunk("00dc", "\xFF\xD8 two");
    into.add(2, chunk("RIFF", "AVI " + chunk("LIST", "hdrl") + chunk("LIST", "movi" + frames)));
    into.add(2, chunk("RIFF", "AVI " + chunk("LIST", "movi" + chunk("LIST", "rec " + frames))));
    into.add(1, said(sight::InView{{1, 70'000}}));
}

}  // namespace tram::seeds
