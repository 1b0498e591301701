#include "device/PageHelper.h"

#include <optional>

#include "device/PageFrame.h"
#include "device/PictureFrame.h"
#include "device/PictureInput.h"

namespace tram::device {

using base::ProblemKind;
using base::Result;

namespace {

constexpr std::uint32_t kCornersOfQr = 3;

/// False when lengths and bytes do not add up.
bool readCodes(const base::SecretBytes& joined, std::vector<base::SecretText>& codes) {
    const auto& bytes = joined.reveal();
    for (std::size_t at = 0; at < bytes.size();) {
        if (bytes.size() - at < 2) return false;
        const std::size_t size = bytes[at] | std::size_t{bytes[at + 1]} << 8;
        at += 2;
        if (bytes.size() - at < size) return false;
        const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        codes.emplace_back(std::string(from, from + static_cast<std::ptrdiff_t>(size)));
        at += size;
    }
    return true;
}

/// Nothing unless the whole answer came, and nothing behind it.
std::optional<PageHelper::Page> readPage(ChildProcess& helper, Deadline deadline) {
    PageFrame frame;
    PageFrame::Bytes head{};
    if (!helper.read(head.data(), head.size(), deadline) || !frame.fromBytes(head)) return std::nullopt;
    PageHelper::Page page;
    page.jpeg = readBytes(helper, frame.jpegBytes, deadline);
    if (!page.jpeg.empty()) page.thumbnail = readBytes(helper, frame.thumbnailBytes, deadline);
    if (page.thumbnail.empty()) return std::nullopt;
    const auto codes = readBytes(helper, frame.codeBytes, deadline);
    if (codes.reveal().size() != frame.codeBytes || !readCodes(codes, page.codes)) return std::nullopt;
    if (!helper.outputEnded(deadline)) return std::nullopt;
    page.width = static_cast<int>(frame.width), page.height = static_cast<int>(frame.height);
    page.dpi = static_cast<int>(frame.dpi);
    page.shape = static_cast<PageHelper::Shape>(frame.shape);
    page.turned = static_cast<int>(frame.turned);
    page.uprightSure = frame.uprightSure == 1;
    page.looksLikeQr = frame.squareMarks >= kCornersOfQr;
    return page;
}

base::Problem pageProblem(std::optional<int> exit) {
    switch (static_cast<PictureExit>(exit.value_or(-1))) {
        case PictureExit::Empty:
            return {ProblemKind::PictureEmpty, {}};
        case PictureExit::TooLarge:
            return {ProblemKind::PictureTooLarge, {}};
        case PictureExit::Unreadable:
            return {ProblemKind::PictureUnreadable, {}};
        case PictureExit::NoPage:
            return {ProblemKind::PageMissing, {}};
        case PictureExit::SeveralPages:
            return {ProblemKind::SeveralPages, {}};
        default:
            return {ProblemKind::HelperFailed, {{"detail", exit ? std::to_string(*exit) : "killed"}}};
    }
}

}  // namespace

PageHelper::PageHelper(std::filesystem::path program, base::Millis patience)
    : program_(std::move(program)), patience_(patience) {}

Result<PageHelper::Page> PageHelper::clean(const std::filesystem::path& file) const {
    const auto original = openOriginal(file);
    if (!original) return tl::unexpected(original.error());
    return cleanFrom(original->get());
}

Result<PageHelper::Page> PageHelper::clean(const base::SecretBytes& picture) const {
    const auto original = NamelessFile::of(picture);
    if (!original) return tl::unexpected(original.error());
    return cleanFrom(original->get());
}

Result<PageHelper::Page> PageHelper::cleanFrom(int original) const {
    const PictureTurn mine;
    const Deadline deadline = std::chrono::steady_clock::now() + patience_;
    auto helper =
        ChildProcess::start({program_.string(), std::string(kPageCommand)}, pictureEnvironment(), original);
    if (!helper) return tl::unexpected(helper.error());
    auto page = readPage(*helper, deadline);
    const auto exit = helper->wait(deadline);
    if (exit != static_cast<int>(PictureExit::Done) || !page) return tl::unexpected(pageProblem(exit));
    return std::move(*page);
}

}  // namespace tram::device
