package reality;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between clients and one broker. While silent it forwards nothing on connections that stand, and a new
 * connection gets no answer to its SYN, because the listen queue is full and nobody accepts.
 */
final class Relay implements AutoCloseable {
  private static final int BACKLOG = 4;

  private final InetSocketAddress here;
  private final InetSocketAddress there;
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> fillers = new ArrayList<>();
  private volatile boolean silent;

  Relay(String hostHere, String hostThere, int port) throws IOException {
    here = new InetSocketAddress(hostHere, port);
    there = new InetSocketAddress(hostThere, port);
    server = new ServerSocket(port, BACKLOG, InetAddress.getByName(hostHere));
    daemon(this::acceptAll);
  }

  void silence() throws Exception {
    silent = true;
    // The acceptor may sit in accept() once more; it takes one filler and then waits.
    for (int i = 0; i < 4 * BACKLOG; i++) {
      SocketChannel filler = SocketChannel.open();
      filler.configureBlocking(false);
      filler.connect(here);
      fillers.add(filler);
    }
    Thread.sleep(50);
  }

  void heal() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
    for (SocketChannel filler : fillers) {
      filler.close();
    }
    fillers.clear();
    silent = false;
  }

  @Override
  public void close() throws IOException {
    heal();
    server.close();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        hush();
        Socket client = server.accept();
        hush();
        Socket broker = new Socket();
        broker.connect(there, 3000);
        sockets.add(client);
        sockets.add(broker);
        daemon(() -> pump(client, broker));
        daemon(() -> pump(broker, client));
      } catch (IOException e) {
        // The broker refused or the client has gone: the next one may fare better.
      }
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[65536];
    try (from; to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (silent) {
          swallow(from);
          return;
        }
        out.write(buffer, 0, n);
      }
      // Not even the end of a connection crosses a silent link.
      hush();
    } catch (IOException e) {
      hush();
    }
  }

  /** Packets into a silent link are gone for good; the sockets close when the link heals. */
  private void swallow(Socket from) {
    hush();
    sockets.remove(from);
  }

  private void hush() {
    while (silent) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
