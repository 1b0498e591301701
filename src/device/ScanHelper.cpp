#include "device/ScanHelper.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "device/ChildProcess.h"
#include "device/PictureFrame.h"

namespace tram::device {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

constexpr int kMostMessages = 4000;
const std::vector<std::string> kScanEnvironment = {"OPENCV_IO_MAX_IMAGE_PIXELS=67108864", "LC_ALL=C"};

Result<Descriptor> openInput(const std::filesystem::path& path) {
    Descriptor input(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat about{};
    if (!input.valid() || fstat(input.get(), &about) != 0)
        return fail(
            errno == ENOENT || errno == ENOTDIR ? ProblemKind::FileMissing : ProblemKind::FileUnreadable,
            {{"path", path.string()}});
    if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))
        return fail(ProblemKind::FileUnreadable, {{"path", path.string()}});
    return input;
}

bool hasNumber(const std::vector<sight::Code>& codes, std::uint32_t number) {
    return std::ranges::find(codes, number, &sight::Code::number) != codes.end();
}

/// False when what came is none of what is told of codes. Nothing more is the good end.
bool readMessage(ChildProcess& helper, Deadline deadline, ScanHelper::Seen& seen) {
    std::array<unsigned char, 2> head{};
    if (!helper.read(head.data(), head.size(), deadline)) return false;
    std::vector<unsigned char> raw(head[0] | std::size_t{head[1]} << 8);
    const bool whole = helper.read(raw.data(), raw.size(), deadline);
    const base::SecretBytes bytes(std::move(raw));
    auto message = whole ? sight::readToKiosk(bytes.reveal()) : std::nullopt;
    if (!message) return false;
    if (auto* view = std::get_if<sight::InView>(&*message)) {
        seen.together.push_back(std::move(view->numbers));
        return true;
    }
    auto* code = std::get_if<sight::Code>(&*message);
    if (code && !hasNumber(seen.codes, code->number)) seen.codes.push_back(std::move(*code));
    return code != nullptr;
}

base::Problem scanProblem(std::optional<int> exit) {
    switch (static_cast<PictureExit>(exit.value_or(-1))) {
        case PictureExit::Empty:
            return {ProblemKind::PictureEmpty, {}};
        case PictureExit::TooLarge:
            return {ProblemKind::PictureTooLarge, {}};
        case PictureExit::Unreadable:
            return {ProblemKind::PictureUnreadable, {}};
        case PictureExit::TooManyScans:
            return {ProblemKind::PictureUnreadable, {{"key", "scans"}}};
        default:
            return {ProblemKind::HelperFailed, {{"detail", exit ? std::to_string(*exit) : "killed"}}};
    }
}

}  // namespace

ScanHelper::ScanHelper(std::filesystem::path program, base::Millis patience)
    : program_(std::move(program)), patience_(patience) {}

Result<ScanHelper::Seen> ScanHelper::read(const std::filesystem::path& path) const {
    const Deadline deadline = std::chrono::steady_clock::now() + patience_;
    auto input = openInput(path);
    if (!input) return tl::unexpected(input.error());
    auto helper = ChildProcess::start({program_.string(), "scan"}, kScanEnvironment, input->get());
    if (!helper) return tl::unexpected(helper.error());
    Seen seen;
    for (int left = kMostMessages; left > 0 && readMessage(*helper, deadline, seen); --left) {
    }
    const auto exit = helper->wait(deadline);
    if (exit != static_cast<int>(PictureExit::Done)) return tl::unexpected(scanProblem(exit));
    return seen;
}

}  // namespace tram::device
