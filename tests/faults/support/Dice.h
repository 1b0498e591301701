#pragma once
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace tram::test {

/// The chance in a test. Its seed is printed; TRAM_SEED throws the same again.
class Dice {
  public:
    explicit Dice(const std::string& name) : seed_(seedOfRun()), random_(seed_) {
        std::cout << name << ": TRAM_SEED=" << seed_ << std::endl;
    }
    std::uint64_t seed() const { return seed_; }
    /// From `least` to `most`, both included.
    std::uint32_t between(std::uint32_t least, std::uint32_t most) {
        return std::uniform_int_distribution<std::uint32_t>(least, most)(random_);
    }
    bool oneIn(std::uint32_t times) { return between(1, times) == 1; }
    template <class T>
    void shuffle(std::vector<T>& all) {
        for (std::size_t left = all.size(); left > 1; --left)
            std::swap(all[left - 1], all[between(0, static_cast<std::uint32_t>(left - 1))]);
    }

  private:
    static std::uint64_t seedOfRun() {
        if (const char* given = std::getenv("TRAM_SEED")) return std::strtoull(given, nullptr, 10);
        std::random_device system;
        return system();
    }
    std::uint64_t seed_;
    std::mt19937_64 random_;
};

}  // namespace tram::test
