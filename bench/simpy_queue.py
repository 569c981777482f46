"""The same queue on SimPy: prints events a second."""
import random
import sys
import time

import simpy


def run(customers):
    random.seed(1)
    env = simpy.Environment()
    server = simpy.Resource(env, capacity=1)

    def customer():
        with server.request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1 / 1000))

    def source():
        for _ in range(customers):
            env.process(customer())
            yield env.timeout(random.expovariate(1 / 1111))

    env.process(source())
    start = time.perf_counter()
    env.run()
    # Two events a customer, as the engine counts them: it arrives, it leaves.
    print(2 * customers / (time.perf_counter() - start))


run(int(sys.argv[1]))
