#pragma once
#include <filesystem>
#include <vector>

namespace tram::device {

/// A short tone, for somebody who looks at what they hold up and not at the screen. Played by aplay (Debian's
/// alsa-utils) in a process of its own: no sound library comes into the kiosk, and a driver that hangs holds
/// up nobody.
class Chime {
  public:
    /// `devices`: where ALSA has its nodes; without one to play on nothing is started.
    explicit Chime(std::filesystem::path player = "/usr/bin/aplay",
                   std::filesystem::path devices = "/dev/snd");
    /// Blocks until it was played, two seconds at most. Where it cannot be played there is silence, and that
    /// is no trouble.
    void play() const;

    /// What is played: a WAV file, mono, 16 bits, 48 kHz.
    static std::vector<unsigned char> tone();

  private:
    std::filesystem::path player_, devices_;
};

}  // namespace tram::device
