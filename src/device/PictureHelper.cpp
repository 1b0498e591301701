#include "device/PictureHelper.h"

#include <utility>

#include "device/PictureFrame.h"
#include "device/PictureInput.h"

namespace tram::device {

using base::ProblemKind;
using base::Result;

namespace {

/// Nothing unless the whole frame came, and nothing behind it.
PictureHelper::Prepared readAnswer(ChildProcess& helper, Deadline deadline) {
    PictureHelper::Prepared prepared;
    PictureFrame frame;
    PictureFrame::Bytes head{};
    if (!helper.read(head.data(), head.size(), deadline) || !frame.fromBytes(head)) return prepared;
    prepared.jpeg = readBytes(helper, frame.jpegBytes, deadline);
    if (!prepared.jpeg.empty()) prepared.thumbnail = readBytes(helper, frame.thumbnailBytes, deadline);
    if (prepared.thumbnail.empty() || !helper.outputEnded(deadline)) return {};
    prepared.width = static_cast<int>(frame.width);
    prepared.height = static_cast<int>(frame.height);
    return prepared;
}

base::Problem problemOf(std::optional<int> exit) {
    switch (static_cast<PictureExit>(exit.value_or(-1))) {
        case PictureExit::Empty:
            return {ProblemKind::PictureEmpty, {}};
        case PictureExit::TooLarge:
            return {ProblemKind::PictureTooLarge, {}};
        case PictureExit::Unreadable:
            return {ProblemKind::PictureUnreadable, {}};
        default:
            return {ProblemKind::HelperFailed, {{"detail", exit ? std::to_string(*exit) : "killed"}}};
    }
}

}  // namespace

PictureHelper::PictureHelper(std::filesystem::path program, base::Millis patience)
    : program_(std::move(program)), patience_(patience) {}

Result<PictureHelper::Prepared> PictureHelper::prepare(const std::filesystem::path& file) const {
    const auto original = openOriginal(file);
    if (!original) return tl::unexpected(original.error());
    return prepareFrom(original->get());
}

Result<PictureHelper::Prepared> PictureHelper::prepare(const base::SecretBytes& bytes) const {
    const auto original = NamelessFile::of(bytes);
    if (!original) return tl::unexpected(original.error());
    return prepareFrom(original->get());
}

Result<PictureHelper::Prepared> PictureHelper::prepareFrom(int original) const {
    const PictureTurn mine;
    const Deadline deadline = std::chrono::steady_clock::now() + patience_;
    auto helper = ChildProcess::start({program_.string(), std::string(kPrepareCommand)}, pictureEnvironment(),
                                      original);
    if (!helper) return tl::unexpected(helper.error());
    auto prepared = readAnswer(*helper, deadline);
    const auto exit = helper->wait(deadline);
    if (exit != static_cast<int>(PictureExit::Done) || prepared.thumbnail.empty())
        return tl::unexpected(problemOf(exit));
    return prepared;
}

void PictureHelper::endAll() {
    ChildProcess::endAll();
}

void PictureHelper::endAllForGood() {
    ChildProcess::endAllForGood();
}

}  // namespace tram::device
