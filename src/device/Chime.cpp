#include "device/Chime.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>

#include "device/ChildProcess.h"

namespace tram::device {

namespace {

constexpr std::chrono::seconds kPatience{2};
constexpr std::uint32_t kRate = 48'000, kSamples = kRate * 18 / 100;
constexpr double kPitch = 1046.5, kLoudness = 0.35, kFade = 25;  // c''', which small speakers can

void put(std::vector<unsigned char>& to, std::uint32_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) to.push_back(static_cast<unsigned char>(number >> (8 * i)));
}
void put(std::vector<unsigned char>& to, std::string_view text) {
    to.insert(to.end(), text.begin(), text.end());
}

/// Struck and dying away, without a click at either end.
double wave(std::uint32_t sample) {
    const double time = double(sample) / kRate, whole = double(kSamples) / kRate;
    const double turn = 2 * std::numbers::pi * kPitch * time;
    const double edges = std::min({1.0, time / 0.004, (whole - time) / 0.01});
    return kLoudness * edges * std::exp(-kFade * time) * (std::sin(turn) + 0.3 * std::sin(2 * turn)) / 1.3;
}

/// As aplay names them: pcmC0D0p is a place to play on, pcmC0D0c one to record from.
bool canPlay(const std::filesystem::path& devices) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(devices, error)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("pcm") && name.ends_with("p")) return true;
    }
    return false;
}

}  // namespace

Chime::Chime(std::filesystem::path player, std::filesystem::path devices)
    : player_(std::move(player)), devices_(std::move(devices)) {}

std::vector<unsigned char> Chime::tone() {
    constexpr std::uint32_t kBytes = 2 * kSamples, kHead = 36;
    std::vector<unsigned char> wav;
    put(wav, "RIFF"), put(wav, kHead + kBytes, 4), put(wav, "WAVEfmt "), put(wav, 16, 4);
    put(wav, 1, 2), put(wav, 1, 2), put(wav, kRate, 4), put(wav, 2 * kRate, 4), put(wav, 2, 2),
        put(wav, 16, 2);
    put(wav, "data"), put(wav, kBytes, 4);
    for (std::uint32_t i = 0; i < kSamples; ++i)
        put(wav, static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(wave(i) * 32767))), 2);
    return wav;
}

void Chime::play() const {
    if (!canPlay(devices_)) return;
    const Descriptor file(memfd_create("tone", MFD_CLOEXEC));
    const auto wav = tone();
    if (pwrite(file.get(), wav.data(), wav.size(), 0) != static_cast<ssize_t>(wav.size())) return;
    auto player = ChildProcess::start({player_.string(), "-q", "-t", "wav", "-"}, {"LC_ALL=C"}, file.get());
    if (player) (void)player->wait(std::chrono::steady_clock::now() + kPatience);
}

}  // namespace tram::device
